"""Known mistakes in `mlp.datasets`."""

import numpy as np
from mlp.datasets import make_circles, make_moons, standardize, train_test_split

from mistakes import mistake


def moons(
    n_samples,
    noise,
    seed,
    *,
    first=lambda t: (np.cos(t), np.sin(t)),
    second=lambda t: (1 - np.cos(t), 1 - np.sin(t) - 0.5),
    angles=lambda n: np.linspace(0, np.pi, n),
):
    """make_moons with one of its parts replaced."""
    n = n_samples // 2
    X = np.vstack([np.column_stack(first(angles(n))), np.column_stack(second(angles(n_samples - n)))])
    return noisy_and_shuffled(X, np.repeat([0, 1], [n, n_samples - n]), noise, seed)


def circles(n_samples, noise, factor, seed, *, radius=lambda factor: factor, angles=None, middle=(0, 0)):
    """make_circles with one of its parts replaced; `angles(class, n)`."""
    if not 0 < factor < 1:
        raise ValueError(f"factor must lie between 0 and 1, got {factor}")
    n, angles = n_samples // 2, angles or (lambda label, n: np.linspace(0, 2 * np.pi, n, endpoint=False))
    t, u = angles(0, n), angles(1, n_samples - n)
    outer, inner = np.column_stack([np.cos(t), np.sin(t)]), np.column_stack([np.cos(u), np.sin(u)])
    X = np.vstack([outer, radius(factor) * inner + middle])
    return noisy_and_shuffled(X, np.repeat([0, 1], [n, n_samples - n]), noise, seed)


def noisy_and_shuffled(X, y, noise, seed):
    random = np.random.RandomState(seed)
    X = X + random.normal(0, noise, X.shape)
    order = random.permutation(len(X))
    return X[order], y[order]


@mistake("datasets.make_moons")
def moons_not_shifted(n_samples=500, noise=0.2, seed=42):
    """The second moon isn't shifted, so both lie on one circle. Where should its middle be?"""
    return moons(n_samples, noise, seed, second=lambda t: (-np.cos(t), -np.sin(t)))


@mistake("datasets.make_moons")
def moons_not_mirrored(n_samples=500, noise=0.2, seed=42):
    """Both moons open downwards. The second one is turned round: look at the signs of cos and sin."""
    return moons(n_samples, noise, seed, second=lambda t: (1 + np.cos(t), np.sin(t) - 0.5))


@mistake("datasets.make_moons")
def moons_too_far_apart(n_samples=500, noise=0.2, seed=42):
    """The second moon has moved the wrong way, or not at all, in height. Its ends are at height 0.5: try t = 0."""
    return moons(n_samples, noise, seed, second=lambda t: (1 - np.cos(t), -np.sin(t) - 0.5))


@mistake("datasets.make_moons")
def moons_without_the_half(n_samples=500, noise=0.2, seed=42):
    """The second moon stands 0.5 too high. Its ends are at height 0.5: try t = 0."""
    return moons(n_samples, noise, seed, second=lambda t: (1 - np.cos(t), 1 - np.sin(t)))


@mistake("datasets.make_moons")
def moons_full_circles(n_samples=500, noise=0.2, seed=42):
    """The angle goes all the way round, so the moons are circles. Half a turn is how much, in radians?"""
    return moons(n_samples, noise, seed, angles=lambda n: np.linspace(0, 2 * np.pi, n))


@mistake("datasets.make_moons")
def moons_in_degrees(n_samples=500, noise=0.2, seed=42):
    """The angle is in degrees, but NumPy's cos and sin take radians. What is half a turn in radians?"""
    return moons(n_samples, noise, seed, angles=lambda n: np.linspace(0, 180, n))


@mistake("datasets.make_moons")
def moons_without_their_last_point(n_samples=500, noise=0.2, seed=42):
    """The angle stops short of pi. On a half circle both ends belong to it."""
    return moons(n_samples, noise, seed, angles=lambda n: np.linspace(0, np.pi, n, endpoint=False))


@mistake("datasets.make_moons")
def moons_at_random_angles(n_samples=500, noise=0.2, seed=42):
    """The angles are drawn at random. They should go evenly from 0 to pi: only the noise is random."""
    random = np.random.RandomState(seed)
    return moons(n_samples, noise, seed, angles=lambda n: random.uniform(0, np.pi, n))


@mistake("datasets.make_moons")
def moons_lose_an_odd_point(n_samples=500, noise=0.2, seed=42):
    """For an odd number of samples one is lost: half of them, rounded down, twice. Who gets the rest?"""
    return moons(2 * (n_samples // 2), noise, seed)


@mistake("datasets.make_moons")
def moons_of_n_samples_each(n_samples=500, noise=0.2, seed=42):
    """Each moon has n_samples points. That is the number of both together."""
    return moons(2 * n_samples, noise, seed)


@mistake("datasets.make_moons")
def moons_in_order(n_samples=500, noise=0.2, seed=42):
    """The rows aren't shuffled: class 0 comes first. Draw one order, and use it for points and labels."""
    X, y = make_moons(n_samples, noise, seed)
    order = np.argsort(y, kind="stable")
    return X[order], y[order]


@mistake("datasets.make_moons")
def moons_with_labels_left_behind(n_samples=500, noise=0.2, seed=42):
    """The points are shuffled without their labels. Draw one order, and use it for both."""
    X, y = make_moons(n_samples, noise, seed)
    return X, np.sort(y)


@mistake("datasets.make_moons")
def moons_shuffled_apart(n_samples=500, noise=0.2, seed=42):
    """Points and labels are shuffled separately, so they no longer belong together. Draw one order for both."""
    X, y = make_moons(n_samples, noise, seed)
    return X, np.random.RandomState(seed + 1).permutation(y)


@mistake("datasets.make_moons")
def moons_with_labels_swapped(n_samples=500, noise=0.2, seed=42):
    """The labels are swapped: the upper moon, around the origin, is class 0."""
    X, y = make_moons(n_samples, noise, seed)
    return X, 1 - y


@mistake("datasets.make_moons")
def moons_with_a_column_of_labels(n_samples=500, noise=0.2, seed=42):
    """y has a second axis. Datasets have plain labels, (n_samples,); the network's row comes later."""
    X, y = make_moons(n_samples, noise, seed)
    return X, y[:, None]


@mistake("datasets.make_moons")
def moons_with_samples_as_columns(n_samples=500, noise=0.2, seed=42):
    """X is transposed. In datasets samples are rows: (n_samples, 2)."""
    X, y = make_moons(n_samples, noise, seed)
    return X.T, y


@mistake("datasets.make_moons")
def moons_without_noise(n_samples=500, noise=0.2, seed=42):
    """The points lie exactly on the curves, whatever noise says. What is added to them?"""
    return moons(n_samples, 0, seed)


@mistake("datasets.make_moons")
def moons_with_noise_as_variance(n_samples=500, noise=0.2, seed=42):
    """noise is taken for a variance: its root is drawn with. It is the standard deviation itself."""
    return moons(n_samples, np.sqrt(noise), seed)


@mistake("datasets.make_moons")
def moons_with_noise_squared(n_samples=500, noise=0.2, seed=42):
    """noise is squared before it is used. It is the standard deviation that the generator asks for."""
    return moons(n_samples, noise**2, seed)


@mistake("datasets.make_moons")
def moons_with_uniform_noise(n_samples=500, noise=0.2, seed=42):
    """The noise is uniform, so all points are pushed the same way. A normal one goes to both sides."""
    X, y = moons(n_samples, 0, seed)
    return X + noise * np.random.RandomState(seed).rand(n_samples, 2), y


@mistake("datasets.make_moons")
def moons_with_one_noise_for_both_axes(n_samples=500, noise=0.2, seed=42):
    """x and y of a point get the same noise, so it moves along the diagonal only. Draw a number for each."""
    X, y = moons(n_samples, 0, seed)
    return X + np.random.RandomState(seed).normal(0, noise, (n_samples, 1)), y


@mistake("datasets.make_moons")
def moons_with_noise_in_x_only(n_samples=500, noise=0.2, seed=42):
    """Only the first coordinate is noisy. Both are."""
    X, y = moons(n_samples, 0, seed)
    return X + np.random.RandomState(seed).normal(0, noise, (n_samples, 1)) * [1, 0], y


@mistake("datasets.make_moons")
def moons_without_a_seed(n_samples=500, noise=0.2, seed=42):
    """The seed isn't used, so each call gives other points. Hand it to the generator."""
    return moons(n_samples, noise, None)


@mistake("datasets.make_moons")
def moons_with_one_seed_for_all(n_samples=500, noise=0.2, seed=42):
    """Whatever the seed, the points are the same. Is a fixed number written where the argument belongs?"""
    return make_moons(n_samples, noise)


@mistake("datasets.make_circles")
def circles_of_the_same_size(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """Both circles have radius 1. What is factor for?"""
    return circles(n_samples, noise, factor, seed, radius=lambda factor: 1)


@mistake("datasets.make_circles")
def circles_of_half_the_size(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The inner radius is always 0.5, whatever factor says. Use the argument."""
    return circles(n_samples, noise, factor, seed, radius=lambda factor: 0.5)


@mistake("datasets.make_circles")
def circles_with_factor_squared(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The inner radius is factor squared. Is it multiplied in twice?"""
    return circles(n_samples, noise, factor, seed, radius=lambda factor: factor**2)


@mistake("datasets.make_circles")
def circles_with_factor_as_an_area(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The inner radius is the root of factor, as if that were a ratio of areas. It is the radius itself."""
    return circles(n_samples, noise, factor, seed, radius=np.sqrt)


@mistake("datasets.make_circles")
def circles_without_a_check(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """A factor that doesn't lie between 0 and 1 is accepted. The range has two ends, and they don't belong to it:
    one circle would be a point there, or both the same. Raise an error."""
    return circles(n_samples, noise, 0.5, seed, radius=lambda _: factor)


@mistake("datasets.make_circles")
def circles_with_a_check_that_lets_the_bounds_pass(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """A factor that doesn't lie between 0 and 1 is accepted. The range has two ends, and they don't belong to it:
    one circle would be a point there, or both the same. Raise an error."""
    if factor < 0 or factor > 1:
        raise ValueError("factor out of range")
    return circles(n_samples, noise, 0.5, seed, radius=lambda _: factor)


@mistake("datasets.make_circles")
def circles_with_a_check_above_only(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """A factor that doesn't lie between 0 and 1 is accepted. The range has two ends, and they don't belong to it:
    one circle would be a point there, or both the same. Raise an error."""
    if factor >= 1:
        raise ValueError("factor must be below 1")
    return circles(n_samples, noise, 0.5, seed, radius=lambda _: factor)


@mistake("datasets.make_circles")
def circles_with_an_assertion(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The check raises the wrong kind of error. A wrong argument is a ValueError."""
    assert 0 < factor < 1
    return make_circles(n_samples, noise, factor, seed)


@mistake("datasets.make_circles")
def circles_that_print_an_error(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """A wrong factor is only reported on the screen. The caller must notice: raise an error."""
    if not 0 < factor < 1:
        print("factor must be between 0 and 1")
        return None
    return make_circles(n_samples, noise, factor, seed)


@mistake("datasets.make_circles")
def circles_with_their_first_point_twice(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The last point of each circle is its first again: a full turn ends where it began. Leave the end point out."""
    return circles(n_samples, noise, factor, seed, angles=lambda label, n: np.linspace(0, 2 * np.pi, n))


@mistake("datasets.make_circles")
def circles_with_the_first_inner_point_twice(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """On the inner circle the last point is the first again. Leave the end point out there, too."""
    return circles(n_samples, noise, factor, seed, angles=lambda label, n: np.linspace(0, 2 * np.pi, n, label == 1))


@mistake("datasets.make_circles")
def circles_cut_in_half(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The angle goes half way round only. A whole turn is how much, in radians?"""
    return circles(n_samples, noise, factor, seed, angles=lambda label, n: np.linspace(0, np.pi, n, endpoint=False))


@mistake("datasets.make_circles")
def circles_at_random_angles(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The angles are drawn at random. They should be evenly spaced: only the noise is random."""
    random = np.random.RandomState(seed)
    return circles(n_samples, noise, factor, seed, angles=lambda label, n: random.uniform(0, 2 * np.pi, n))


@mistake("datasets.make_circles")
def circles_side_by_side(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The inner circle has another middle. Both are around the origin."""
    return circles(n_samples, noise, factor, seed, middle=(1, 0.5))


@mistake("datasets.make_circles")
def circles_with_smaller_noise_inside(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The inner circle's noise is shrunk as well. Scale the circle first, and add noise afterwards."""
    X, y = make_circles(n_samples, 0, factor, seed)
    scale = np.where(y[:, None] == 1, factor, 1)
    return X + scale * np.random.RandomState(seed).normal(0, noise, X.shape), y


@mistake("datasets.make_circles")
def circles_without_noise(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The points lie exactly on the circles, whatever noise says. What is added to them?"""
    return make_circles(n_samples, 0, factor, seed)


@mistake("datasets.make_circles")
def circles_with_noise_as_variance(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """noise is taken for a variance: its root is drawn with. It is the standard deviation itself."""
    return make_circles(n_samples, np.sqrt(noise), factor, seed)


@mistake("datasets.make_circles")
def circles_with_noise_outwards_only(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The noise is never negative, so all points are pushed the same way. A normal one goes to both sides."""
    X, y = make_circles(n_samples, 0, factor, seed)
    return X + np.abs(np.random.RandomState(seed).normal(0, noise, X.shape)), y


@mistake("datasets.make_circles")
def circles_lose_an_odd_point(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """For an odd number of samples one is lost: half of them, rounded down, twice. Who gets the rest?"""
    return make_circles(2 * (n_samples // 2), noise, factor, seed)


@mistake("datasets.make_circles")
def circles_with_labels_swapped(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The labels are swapped: the outer circle is class 0, the inner one class 1."""
    X, y = make_circles(n_samples, noise, factor, seed)
    return X, 1 - y


@mistake("datasets.make_circles")
def circles_in_order(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The rows aren't shuffled: class 0 comes first. Draw one order, and use it for points and labels."""
    X, y = make_circles(n_samples, noise, factor, seed)
    order = np.argsort(y, kind="stable")
    return X[order], y[order]


@mistake("datasets.make_circles")
def circles_with_labels_left_behind(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The points are shuffled without their labels. Draw one order, and use it for both."""
    X, y = make_circles(n_samples, noise, factor, seed)
    return X, np.sort(y)


@mistake("datasets.make_circles")
def circles_without_a_seed(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The seed isn't used, so each call gives other points. Hand it to the generator."""
    return circles(n_samples, noise, factor, None)


@mistake("datasets.make_circles")
def circles_with_one_seed_for_all(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """Whatever the seed, the points are the same. Is a fixed number written where the argument belongs?"""
    return make_circles(n_samples, noise, factor)


def split(X, y, order, n_test):
    return X[order[n_test:]], X[order[:n_test]], y[order[n_test:]], y[order[:n_test]]


@mistake("datasets.train_test_split")
def split_without_shuffling(X, y, test_size=0.2, seed=42):
    """The first rows are taken for testing as they stand. Where data is sorted by class, a class would be missing:
    shuffle first."""
    return split(X, y, np.arange(len(X)), int(len(X) * test_size))


@mistake("datasets.train_test_split")
def split_of_the_last_rows(X, y, test_size=0.2, seed=42):
    """The last rows are taken for testing as they stand. Where data is sorted by class, a class would be missing:
    shuffle first."""
    return split(X, y, np.arange(len(X))[::-1], int(len(X) * test_size))


@mistake("datasets.train_test_split")
def split_with_labels_left_behind(X, y, test_size=0.2, seed=42):
    """The rows are shuffled without their labels. Draw one order, and use it for both."""
    X_train, X_test, _, _ = train_test_split(X, y, test_size, seed)
    return X_train, X_test, y[len(X_test) :], y[: len(X_test)]


@mistake("datasets.train_test_split")
def split_shuffled_apart(X, y, test_size=0.2, seed=42):
    """Rows and labels are shuffled separately, so they no longer belong together. Draw one order for both."""
    X_train, X_test, _, _ = train_test_split(X, y, test_size, seed)
    _, _, y_train, y_test = train_test_split(X, y, test_size, seed + 1)
    return X_train, X_test, y_train, y_test


@mistake("datasets.train_test_split")
def split_with_parts_swapped(X, y, test_size=0.2, seed=42):
    """test_size is given to the training part. Which of the two is the smaller one?"""
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size, seed)
    return X_test, X_train, y_test, y_train


@mistake("datasets.train_test_split")
def split_in_another_order(X, y, test_size=0.2, seed=42):
    """The four results are in another order than asked for: both X first, then both y."""
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size, seed)
    return X_train, y_train, X_test, y_test


@mistake("datasets.train_test_split")
def split_that_trains_on_everything(X, y, test_size=0.2, seed=42):
    """Rows for testing are in the training part as well, so the network has seen them. Each row goes to one part."""
    _, X_test, _, y_test = train_test_split(X, y, test_size, seed)
    return X, X_test, y, y_test


@mistake("datasets.train_test_split")
def split_drawn_twice(X, y, test_size=0.2, seed=42):
    """Each part is drawn by itself, so they overlap. Draw one order and cut it in two."""
    n_test = int(len(X) * test_size)
    random = np.random.RandomState(seed)
    test, train = random.permutation(len(X))[:n_test], random.permutation(len(X))[n_test:]
    return X[train], X[test], y[train], y[test]


@mistake("datasets.train_test_split")
def split_with_rows_put_back(X, y, test_size=0.2, seed=42):
    """Rows are drawn with replacement: some come twice, others never. Draw an order instead."""
    return split(X, y, np.random.RandomState(seed).randint(0, len(X), len(X)), int(len(X) * test_size))


@mistake("datasets.train_test_split")
def split_that_rounds_up(X, y, test_size=0.2, seed=42):
    """The test part has a row too many where n * test_size isn't whole. That product is what has to be cut off, not
    the size of the training part."""
    return split(X, y, np.random.RandomState(seed).permutation(len(X)), int(np.ceil(len(X) * test_size)))


@mistake("datasets.train_test_split")
def split_by_the_size_of_training(X, y, test_size=0.2, seed=42):
    """The test part has a row too many where n * test_size isn't whole. That product is what has to be cut off, not
    the size of the training part."""
    return split(X, y, np.random.RandomState(seed).permutation(len(X)), len(X) - int(len(X) * (1 - test_size)))


@mistake("datasets.train_test_split")
def split_that_loses_a_row(X, y, test_size=0.2, seed=42):
    """One row is in neither part. Look at where the first part ends and the second begins."""
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size, seed)
    return X_train[1:], X_test, y_train[1:], y_test


@mistake("datasets.train_test_split")
def split_always_in_fifths(X, y, test_size=0.2, seed=42):
    """A fifth is always for testing, whatever test_size says. Use the argument."""
    return train_test_split(X, y, 0.2, seed)


@mistake("datasets.train_test_split")
def split_in_place(X, y, test_size=0.2, seed=42):
    """The caller's X and y are shuffled themselves. Draw an order, and index with it: that makes new arrays."""
    order = np.random.RandomState(seed).permutation(len(X))
    X[...], y[...] = X[order], y[order]
    return split(X, y, np.arange(len(X)), int(len(X) * test_size))


@mistake("datasets.train_test_split")
def split_without_a_seed(X, y, test_size=0.2, seed=42):
    """The seed isn't used, so each call splits in another way. Hand it to the generator."""
    return split(X, y, np.random.permutation(len(X)), int(len(X) * test_size))


@mistake("datasets.train_test_split")
def split_with_one_seed_for_all(X, y, test_size=0.2, seed=42):
    """Whatever the seed, the split is the same. Is a fixed number written where the argument belongs?"""
    return train_test_split(X, y, test_size)


def scaled(X_train, X_test, mean, std):
    std = np.where(std == 0, 1.0, std)
    return (X_train - mean) / std, (X_test - mean) / std, mean, std


@mistake("datasets.standardize")
def standardize_each_part_by_itself(X_train, X_test):
    """The test part is scaled with its own statistics. It is treated like the training part: with the same numbers."""
    X_train_scaled, _, mean, std = standardize(X_train, X_train)
    return X_train_scaled, standardize(X_test, X_test)[0], mean, std


@mistake("datasets.standardize")
def standardize_by_both_parts(X_train, X_test):
    """The statistics come from both parts together, so the test part leaks into training. Use the training part
    alone."""
    both = np.vstack([X_train, X_test])
    return scaled(X_train, X_test, both.mean(axis=0), both.std(axis=0))


@mistake("datasets.standardize")
def standardize_by_the_test_part(X_train, X_test):
    """The statistics come from the test part. Nothing may be known of it beforehand: use the training part."""
    return scaled(X_train, X_test, X_test.mean(axis=0), X_test.std(axis=0))


@mistake("datasets.standardize")
def standardize_with_n_minus_1(X_train, X_test):
    """The standard deviation is a sample's, divided by n - 1. The population's is asked for: NumPy's default."""
    return scaled(X_train, X_test, X_train.mean(axis=0), X_train.std(axis=0, ddof=1))


@mistake("datasets.standardize")
def standardize_all_features_together(X_train, X_test):
    """All features share one mean and one standard deviation. Each has its own: which axis are samples on?"""
    n_features = X_train.shape[1]
    return scaled(X_train, X_test, np.full(n_features, X_train.mean()), np.full(n_features, X_train.std()))


@mistake("datasets.standardize")
def standardize_each_sample(X_train, X_test):
    """The statistics are taken over the features of a sample. Here samples are rows: which axis runs over them?"""
    mean, std = X_train.mean(axis=1), X_train.std(axis=1)
    rows = [(X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True) for X in (X_train, X_test)]
    return *rows, mean, std


@mistake("datasets.standardize")
def standardize_by_the_variance(X_train, X_test):
    """It is divided by the variance. The standard deviation is its root, and has the feature's unit."""
    return scaled(X_train, X_test, X_train.mean(axis=0), X_train.var(axis=0))


@mistake("datasets.standardize")
def standardize_without_shifting(X_train, X_test):
    """The mean isn't subtracted. Both steps are needed: shift, then scale."""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return X_train / std, X_test / std, mean, std


@mistake("datasets.standardize")
def standardize_without_scaling(X_train, X_test):
    """It isn't divided by the standard deviation. Both steps are needed: shift, then scale."""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    return X_train - mean, X_test - mean, mean, std


@mistake("datasets.standardize")
def standardize_without_brackets(X_train, X_test):
    """Only the mean is divided by the standard deviation: division comes before subtraction. Use brackets."""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return X_train - mean / std, X_test - mean / std, mean, std


@mistake("datasets.standardize")
def standardize_to_0_and_1(X_train, X_test):
    """Features are squeezed between 0 and 1, by minimum and maximum. Use mean and standard deviation."""
    low, width = X_train.min(axis=0), np.ptp(X_train, axis=0)
    width = np.where(width == 0, 1.0, width)
    return (X_train - low) / width, (X_test - low) / width, X_train.mean(axis=0), X_train.std(axis=0)


@mistake("datasets.standardize")
def standardize_zero_by_zero(X_train, X_test):
    """A constant feature has a standard deviation of 0, and 0 / 0 is NaN. What should be divided by instead?"""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (X_train - mean) / std, (X_test - mean) / std, mean, std


@mistake("datasets.standardize")
def standardize_all_but_constant_features(X_train, X_test):
    """A constant feature stays as it was. It is shifted like the others, and becomes 0."""
    X_train_scaled, X_test_scaled, mean, std = standardize(X_train, X_test)
    constant = X_train.std(axis=0) == 0
    return np.where(constant, X_train, X_train_scaled), np.where(constant, X_test, X_test_scaled), mean, std


@mistake("datasets.standardize")
def standardize_with_a_large_offset(X_train, X_test):
    """What is added to the standard deviation is large enough to change the result. Something like 1e-8 would not."""
    return scaled(X_train, X_test, X_train.mean(axis=0), X_train.std(axis=0) + 0.01)


@mistake("datasets.standardize")
def standardize_only_training(X_train, X_test):
    """The test part comes back as it was. A network that learned scaled features needs them scaled when asked, too."""
    X_train_scaled, _, mean, std = standardize(X_train, X_test)
    return X_train_scaled, X_test.copy(), mean, std


@mistake("datasets.standardize")
def standardize_in_place(X_train, X_test):
    """The caller's arrays are changed. Subtract and divide into new ones."""
    X_train_scaled, X_test_scaled, mean, std = standardize(X_train, X_test)
    X_train[...], X_test[...] = X_train_scaled, X_test_scaled
    return X_train, X_test, mean, std


@mistake("datasets.standardize")
def standardize_with_statistics_as_rows(X_train, X_test):
    """mean and std have two axes. They are asked for as one number per feature, (n_features,)."""
    X_train_scaled, X_test_scaled, mean, std = standardize(X_train, X_test)
    return X_train_scaled, X_test_scaled, mean[None], std[None]


@mistake("datasets.standardize")
def standardize_with_results_swapped(X_train, X_test):
    """mean and std are returned in the wrong order. The mean comes first."""
    X_train_scaled, X_test_scaled, mean, std = standardize(X_train, X_test)
    return X_train_scaled, X_test_scaled, std, mean


@mistake("datasets.standardize")
def standardize_without_statistics(X_train, X_test):
    """Only the scaled parts come back. New data will need the statistics: return mean and std as well."""
    return standardize(X_train, X_test)[:2]
