"""What `mlp.datasets` does that takes statistics or exact geometry to see. Not shipped.

Bounds on statistics lie 6 standard errors out: a right generator misses one about once in 10^9 draws.
"""

import numpy as np
import pytest


def two_classes(check, result, n_samples):
    """X and y as arrays, and the points of class 0 and of class 1, from the (X, y) of make_moons or make_circles."""
    X, y = check.items(result, 2)
    X, y = check.array(X, (n_samples, 2), name="X"), check.array(y, (n_samples,), name="y")
    check.true(np.array_equal(np.unique(y), [0, 1]), "y holds the labels 0 and 1, and nothing else")
    check.at_most(abs(np.sum(y == 0) - np.sum(y == 1)), n_samples % 2, "difference between the sizes of the classes")
    return X, y, X[y == 0], X[y == 1]


def show(pictures, title, result):
    """The picture of a dataset, whatever came back as one."""
    if isinstance(result, (tuple, list)) and len(result) == 2:
        pictures.points(title, *result)


def new_seed(rng):
    return int(rng.integers(1, 10_000))


def check_normal(check, points, noise):
    """`points` lie on a curve of radius 1 at most, under noise that drowns it (it adds 0.1 % to the variance)."""
    n = len(points)
    scaled = (points - points.mean(axis=0)) / noise
    for deviation in scaled.std(axis=0):
        check.at_most(abs(deviation - 1), 6 / np.sqrt(2 * n), "relative error of the noise's standard deviation")
    correlation = np.mean(scaled[:, 0] * scaled[:, 1])
    check.at_most(abs(correlation), 6 / np.sqrt(n), "correlation of the noise in x with that in y")
    # 68.3 % of normal noise lies within one standard deviation, 57.7 % of uniform noise; 2n numbers
    within = np.mean(np.abs(scaled) < 1)
    check.at_most(abs(within - 0.683), 6 * np.sqrt(0.683 * 0.317 / (2 * n)), "share of noise within one deviation")
    check.at_most(abs(points.mean() / noise), 6 / np.sqrt(2 * n) + 0.1, "mean of the noise, in standard deviations")


def check_shuffled(check, X, y):
    """Labels change, and x falls within a class, from one row to the next half of the time, as by chance."""
    changes = np.mean(y[1:] != y[:-1])
    check.at_most(abs(changes - 0.5), 6 * 0.5 / np.sqrt(len(y) - 1), "share of label changes, less 0.5")
    for label in (0, 1):
        x = X[y == label, 0]
        falls = np.mean(x[1:] < x[:-1])
        # falls of a random order have a standard error of sqrt(1 / (12 n))
        check.at_most(abs(falls - 0.5), 6 / np.sqrt(12 * len(x)) + 0.01, "share of falls of x, less 0.5")


def check_seeds(rng, check, draw):
    """`draw(seed)` is the same for one seed, whatever came between, and another for every other seed."""
    seeds = [0, 42, new_seed(rng) + 42]
    first = [draw(seed) for seed in seeds]
    for seed, (X, y, *_) in reversed(list(zip(seeds, first, strict=True))):
        X_again, y_again, *_ = draw(seed)
        check.same((X_again, y_again), (X, y))
    for i, (X, *_) in enumerate(first):
        check.true(not any(np.array_equal(X, other[0]) for other in first[:i]), "each seed gives points of its own")


# make_moons


@pytest.mark.parametrize("n_samples", [41, 60], ids=["odd", "even"])
def test_make_moons_points_are_evenly_spaced_from_end_to_end(student, rng, check, n_samples):
    """t takes evenly spaced values over [0, π] in each class, both ends included."""
    _, _, upper, lower = two_classes(check, student.make_moons(n_samples, 0.0, new_seed(rng)), n_samples)
    # x falls with t in class 0 and rises in class 1, so sorting by x puts the points in the order of t
    t = np.linspace(0, np.pi, len(upper))
    check.same(upper[np.argsort(-upper[:, 0])], np.column_stack([np.cos(t), np.sin(t)]), atol=1e-9)
    t = np.linspace(0, np.pi, len(lower))
    check.same(lower[np.argsort(lower[:, 0])], np.column_stack([1 - np.cos(t), 1 - np.sin(t) - 0.5]), atol=1e-9)


def test_make_moons_noise_is_normal_and_independent(student, rng, check):
    """The noise is normal with standard deviation `noise`, of its own for x and y, in both classes."""
    noise = rng.uniform(20, 50)
    _, _, upper, lower = two_classes(check, student.make_moons(n_samples=4001, noise=noise, seed=new_seed(rng)), 4001)
    check_normal(check, upper, noise)
    check_normal(check, lower, noise)


def test_make_moons_are_shuffled(student, rng, check):
    """The rows come in random order: neither class by class nor along the curve."""
    X, y, upper, lower = two_classes(check, student.make_moons(400, 0.0, new_seed(rng)), 400)
    check_shuffled(check, X, y)
    check.same(np.linalg.norm(upper, axis=1), np.ones(200))
    check.same(np.linalg.norm(lower - [1, 0.5], axis=1), np.ones(200))


def test_make_moons_depend_on_the_seed_alone(student, rng, check):
    """The same seed gives the same points whatever was drawn before, and every seed gives others."""
    check_seeds(rng, check, lambda seed: two_classes(check, student.make_moons(50, 0.3, seed), 50))


@pytest.mark.supporting
def test_make_moons_has_defaults(student, check, pictures):
    """Without arguments there are 500 points with noise 0.2 from seed 42; earlier results stay as they were."""
    moons = student.make_moons()
    show(pictures, "Your moons", moons)
    X, y, _, _ = two_classes(check, moons, 500)
    check.same(two_classes(check, student.make_moons(500, 0.2, 42), 500)[:2], (X, y))
    check.silent(student)
    check.own_results(student)


# make_circles


@pytest.mark.parametrize("n_samples", [41, 60], ids=["odd", "even"])
def test_make_circles_points_are_evenly_spaced(student, rng, check, n_samples):
    """Neighbours on a circle are all equally far apart: no gap, and no first point that comes again as the last."""
    factor = rng.uniform(0.2, 0.8)
    _, _, outer, inner = two_classes(check, student.make_circles(n_samples, 0.0, factor, new_seed(rng)), n_samples)
    for points, radius in ((outer, 1.0), (inner, factor)):
        check.same(np.linalg.norm(points, axis=1), np.full(len(points), radius))
        angles = np.sort(np.arctan2(points[:, 1], points[:, 0]))
        gaps = np.diff(angles, append=angles[0] + 2 * np.pi)
        check.same(gaps, np.full(len(points), 2 * np.pi / len(points)), atol=1e-9)


def test_make_circles_noise_is_normal_and_independent(student, rng, check):
    """The noise is normal with standard deviation `noise`, of its own for x and y, in both classes."""
    noise, factor = rng.uniform(20, 50), rng.uniform(0.2, 0.8)
    result = student.make_circles(n_samples=4001, noise=noise, factor=factor, seed=new_seed(rng))
    _, _, outer, inner = two_classes(check, result, 4001)
    check_normal(check, outer, noise)
    check_normal(check, inner, noise)


def test_make_circles_are_shuffled(student, rng, check):
    """The rows come in random order: neither class by class nor along the circle."""
    X, y, outer, inner = two_classes(check, student.make_circles(400, 0.0, 0.3, new_seed(rng)), 400)
    check_shuffled(check, X, y)
    check.same(np.linalg.norm(outer, axis=1), np.ones(200))
    check.same(np.linalg.norm(inner, axis=1), np.full(200, 0.3))


def test_make_circles_depend_on_the_seed_alone(student, rng, check):
    """The same seed gives the same points whatever was drawn before, and every seed gives others."""
    check_seeds(rng, check, lambda seed: two_classes(check, student.make_circles(50, 0.3, 0.6, seed), 50))


@pytest.mark.supporting
def test_make_circles_has_defaults(student, check, pictures):
    """Without arguments there are 500 points with noise 0.1 and factor 0.5 from seed 42."""
    circles = student.make_circles()
    show(pictures, "Your circles", circles)
    X, y, _, _ = two_classes(check, circles, 500)
    check.same(two_classes(check, student.make_circles(500, 0.1, 0.5, 42), 500)[:2], (X, y))
    check.silent(student)
    check.own_results(student)


# train_test_split


def row_numbers(check, result, X, y, n_test):
    """Numbers of the training part's and of the test part's rows, after a look at rows, labels and sizes."""
    X_train, X_test, y_train, y_test = check.items(result, 4)
    (n, n_features), numbers = X.shape, []
    for rows, labels, size in ((X_train, y_train, n - n_test), (X_test, y_test, n_test)):
        rows, labels = check.array(rows, (size, n_features), name="X"), check.array(labels, (size,), name="y")
        number = np.clip(rows[:, 0], 0, n - 1).astype(int)
        check.same(rows, X[number])
        check.same(labels, y[number])
        numbers.append(number)
    check.same(np.sort(np.concatenate(numbers)), np.arange(n))
    return numbers


def numbered_rows(rng, n, n_features):
    X = rng.normal(size=(n, n_features))
    X[:, 0] = np.arange(n)
    return X, rng.integers(0, 2, size=n)


def split_size(rng):
    """n and test_size with n * test_size well away from whole numbers, where int, round and ceil part."""
    while True:
        n, test_size = int(rng.integers(30, 70)), round(rng.uniform(0.1, 0.6), 3)
        if 0.6 < n * test_size % 1 < 0.9:
            return n, test_size


@pytest.mark.parametrize("n_features", [1, 2, 5], ids=["one", "two", "five"])
def test_train_test_split_parts_fit_together(student, rng, check, n_features):
    """int(n * test_size) rows are for testing; each row is in one part, with its own label, however many features."""
    n, test_size = split_size(rng)
    X, y = numbered_rows(rng, n, n_features)
    row_numbers(check, student.train_test_split(X, y, test_size, new_seed(rng)), X, y, int(n * test_size))


def test_train_test_split_depends_on_the_seed_alone(student, rng, check):
    """The same seed draws the same test rows whatever was drawn before, and other seeds draw others."""
    X, y = numbered_rows(rng, 60, 3)
    seeds = [0, 42, 7_001]
    draws = [row_numbers(check, student.train_test_split(X, y, 0.4, seed), X, y, 24) for seed in [*seeds, *seeds]]
    check.same(draws[3:], draws[:3])
    check.true(len({tuple(sorted(test)) for _, test in draws}) == 3, "each seed draws test rows of its own")


def test_train_test_split_draws_from_everywhere(student, rng, check):
    """First, middle and last rows are for testing about equally often."""
    X, y = numbered_rows(rng, 300, 2)
    _, test = row_numbers(check, student.train_test_split(X, y, 0.3, new_seed(rng)), X, y, 90)
    # A third of the rows has 30 of the 90 on average, with a standard deviation below sqrt(90 * 1/3 * 2/3) = 4.5
    farthest = np.abs(np.bincount(test // 100, minlength=3) - 30).max()
    check.at_most(farthest, 6 * 4.5, "how far a third's share of the test part is from 30 rows")


@pytest.mark.supporting
def test_train_test_split_leaves_its_arguments_alone(student, rng, check):
    """X and y are afterwards what they were, and defaults are a fifth and seed 42."""
    X, y = numbered_rows(rng, 45, 2)
    first = row_numbers(check, student.train_test_split(X, y), X, y, 9)
    check.same(row_numbers(check, student.train_test_split(X, y, test_size=0.2, seed=42), X, y, 9), first)
    check.unchanged(student)
    check.silent(student)
    check.own_results(student)


# standardize: a number up to 1e-8 added to std is no mistake, so 1e-6 on features whose std is about 1 or more


def check_standardized(check, result, X_train, X_test):
    X_train_scaled, X_test_scaled, mean, std = check.items(result, 4)
    n_features = X_train.shape[1]
    right_mean, right_std = X_train.mean(axis=0), X_train.std(axis=0)
    check.same(check.array(mean, (n_features,), name="mean"), right_mean)
    check.same(check.array(std, (n_features,), name="std"), right_std, rtol=1e-6)
    for scaled, X, name in ((X_train_scaled, X_train, "X_train_scaled"), (X_test_scaled, X_test, "X_test_scaled")):
        check.same(check.array(scaled, X.shape, name=name), (X - right_mean) / right_std, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    "shape", [(9, 4, 3), (6, 5, 6), (5, 1, 2), (7, 12, 1)], ids=["usual", "square", "one_test_row", "one_feature"]
)
def test_standardize_uses_training_statistics_on_both_parts(student, rng, check, shape):
    """Both parts are shifted by the training mean and divided by the training part's population standard deviation."""
    n_train, n_test, n_features = shape
    for _ in range(2):
        while True:
            scale, shift = rng.uniform(2, 9, size=n_features), rng.uniform(-20, 20, size=n_features)
            X_train, X_test = (scale * rng.normal(size=(n, n_features)) + shift for n in (n_train, n_test))
            if X_train.std(axis=0).min() > 1:
                break
        check_standardized(check, student.standardize(X_train, X_test + 5), X_train, X_test + 5)


def test_standardize_takes_integers(student, rng, check):
    """Integer features are scaled like any others."""
    X_train, X_test = rng.integers(-9, 10, size=(10, 3)), rng.integers(-9, 10, size=(4, 3))
    X_train[:2] = [[-9], [9]]
    check_standardized(check, student.standardize(X_train, X_test), X_train, X_test)


def test_standardize_makes_constant_features_0(student, rng, check):
    """A feature that is constant in the training part becomes 0 there, and is finite in the test part."""
    X_train, X_test = rng.normal(1, 3, size=(8, 5)), rng.normal(1, 3, size=(6, 5))
    X_train[:, [0, 2, 4]] = [0.0, -2.5, 1024.0]
    X_train[:2, [1, 3]] = [[-5.0], [5.0]]
    X_test[:, 4] = 1024.0
    scaled, scaled_test, mean, std = check.items(student.standardize(X_train, X_test), 4)
    scaled, scaled_test = check.array(scaled, (8, 5), name="scaled"), check.array(scaled_test, (6, 5), name="scaled")
    check.same(check.array(mean, (5,), name="mean"), X_train.mean(axis=0))
    std = check.array(std, (5,), name="std")
    check.same(scaled[:, [0, 2, 4]], np.zeros((8, 3)))
    for given in std[[0, 2, 4]]:
        check.at_most(min(abs(given), abs(given - 1)), 1e-6, "distance of a constant feature's std from 0 or 1")
    varying = X_train[:, [1, 3]]
    check.same(std[[1, 3]], varying.std(axis=0), rtol=1e-6)
    right = (X_test[:, [1, 3]] - varying.mean(axis=0)) / varying.std(axis=0)
    check.same(scaled_test[:, [1, 3]], right, rtol=1e-6, atol=1e-6)


@pytest.mark.supporting
def test_standardize_leaves_its_arguments_alone(student, rng, check):
    """X_train and X_test are afterwards what they were, and a second call doesn't touch the first one's results."""
    for _ in range(2):
        check.items(student.standardize(rng.normal(2, 3, size=(6, 2)), rng.normal(2, 3, size=(4, 2))), 4)
    check.unchanged(student)
    check.silent(student)
    check.own_results(student)
