"""What a right `mlp.datasets` does, in sentences that a student reads.

`student` calls the student's functions, `rng` draws fresh inputs, `check` looks at shapes before values.
"""

import numpy as np
import pytest


def two_classes(check, result, n_samples):
    """The points of class 0 and those of class 1, from the (X, y) of make_moons or make_circles."""
    X, y = check.items(result, 2)
    X, y = check.array(X, (n_samples, 2), name="X"), check.array(y, (n_samples,), name="y")
    check.true(np.array_equal(np.unique(y), [0, 1]), "y holds the labels 0 and 1, and nothing else")
    return X[y == 0], X[y == 1]


def new_seed(rng):
    return int(rng.integers(1, 10_000))


# make_moons


@pytest.mark.supporting
def test_make_moons_gives_as_many_points_as_asked_for(student, rng, check):
    """X has n_samples rows of two features, y one label 0 or 1 for each, also for an odd n_samples."""
    for n_samples in (40, 2 * int(rng.integers(10, 30)) + 1):
        two_classes(check, student.make_moons(n_samples, noise=0.1, seed=new_seed(rng)), n_samples)
    check.silent(student)


def test_make_moons_classes_are_as_even_as_can_be(student, rng, check):
    """Both classes have the same number of points, or one more if n_samples is odd."""
    for n_samples in (2 * int(rng.integers(10, 30)), 2 * int(rng.integers(10, 30)) + 1):
        class_0, class_1 = two_classes(check, student.make_moons(n_samples), n_samples)
        check.same(abs(len(class_0) - len(class_1)), n_samples % 2)


def test_make_moons_without_noise_are_two_half_circles(student, rng, check):
    """With noise=0, class 0 lies on the upper half of the unit circle and class 1 on the lower half around (1, 0.5)."""
    n_samples = int(rng.integers(30, 60))
    upper, lower = two_classes(check, student.make_moons(n_samples, noise=0.0, seed=new_seed(rng)), n_samples)
    check.same(np.linalg.norm(upper, axis=1), np.ones(len(upper)))
    check.same(np.linalg.norm(lower - [1, 0.5], axis=1), np.ones(len(lower)))
    check.at_least(upper[:, 1].min(), -1e-9, "height of the lowest point of class 0")
    check.at_most(lower[:, 1].max(), 0.5 + 1e-9, "height of the highest point of class 1")
    check.true(len(np.unique(upper.round(6), axis=0)) == len(upper), "no two points of class 0 are the same")


def test_make_moons_noise_is_a_standard_deviation(student, rng, check):
    """The points scatter about their half circle with the standard deviation `noise`, to both sides."""
    noise = rng.uniform(0.04, 0.08)
    upper, lower = two_classes(check, student.make_moons(4000, noise, new_seed(rng)), 4000)
    for points, centre in ((upper, (0, 0)), (lower, (1, 0.5))):
        off_the_curve = (np.linalg.norm(points - centre, axis=1) - 1) / noise
        # Standard errors of 2000 points: 1.6 % for the deviation, 2.2 % of it for the mean; curvature adds up to 4 %
        check.same(off_the_curve.std(), 1.0, rtol=0.15)
        check.at_most(abs(off_the_curve.mean()), 0.2, "mean distance from the half circle, in units of noise")


def test_make_moons_are_repeatable(student, rng, check):
    """The same seed gives the same points again, another seed gives others."""
    seed = new_seed(rng)
    first, other, again = (
        two_classes(check, student.make_moons(40, noise=0.2, seed=s), 40) for s in (seed, seed + 1, seed)
    )
    check.same(again, first)
    check.true(not np.array_equal(other[0], first[0]), "another seed gives other points")


# make_circles


@pytest.mark.supporting
def test_make_circles_gives_as_many_points_as_asked_for(student, rng, check):
    """X has n_samples rows of two features, y one label 0 or 1 for each, also for an odd n_samples."""
    for n_samples in (40, 2 * int(rng.integers(10, 30)) + 1):
        two_classes(check, student.make_circles(n_samples, noise=0.1, factor=0.4, seed=new_seed(rng)), n_samples)
    check.silent(student)


def test_make_circles_classes_are_as_even_as_can_be(student, rng, check):
    """Both classes have the same number of points, or one more if n_samples is odd."""
    for n_samples in (2 * int(rng.integers(10, 30)), 2 * int(rng.integers(10, 30)) + 1):
        class_0, class_1 = two_classes(check, student.make_circles(n_samples), n_samples)
        check.same(abs(len(class_0) - len(class_1)), n_samples % 2)


def test_make_circles_without_noise_have_radius_1_and_factor(student, rng, check):
    """With noise=0, class 0 lies on the circle of radius 1 and class 1 on the circle of radius `factor`."""
    n_samples, factor = int(rng.integers(30, 60)), rng.uniform(0.2, 0.8)
    outer, inner = two_classes(check, student.make_circles(n_samples, 0.0, factor, new_seed(rng)), n_samples)
    check.same(np.linalg.norm(outer, axis=1), np.ones(len(outer)))
    check.same(np.linalg.norm(inner, axis=1), np.full(len(inner), factor))


def test_make_circles_refuses_a_factor_outside_0_and_1(student, rng, check):
    """A factor of 0 or less, or of 1 or more, is a ValueError; what lies between is not."""
    for factor in (0.0, 1.0, -rng.uniform(0.1, 0.9), 1 + rng.uniform(0.1, 0.9)):
        check.raises(ValueError, student.make_circles, 20, noise=0.1, factor=factor)
    for factor in (0.01, 0.99):
        _, inner = two_classes(check, student.make_circles(20, noise=0.0, factor=factor), 20)
        check.same(np.linalg.norm(inner, axis=1), np.full(len(inner), factor))


def test_make_circles_are_repeatable(student, rng, check):
    """The same seed gives the same points again, another seed gives others."""
    seed = new_seed(rng)
    first, other, again = (
        two_classes(check, student.make_circles(40, noise=0.2, seed=s), 40) for s in (seed, seed + 1, seed)
    )
    check.same(again, first)
    check.true(not np.array_equal(other[0], first[0]), "another seed gives other points")


# train_test_split


def numbered_rows(rng, n_samples, n_features=2):
    """X whose first feature is the row's number, and labels drawn at random."""
    X = np.column_stack([np.arange(n_samples), rng.normal(size=(n_samples, n_features - 1))])
    return X, rng.integers(0, 2, size=n_samples)


def four_parts(check, result, n_train, n_test, n_features=2):
    X_train, X_test, y_train, y_test = check.items(result, 4)
    return (
        check.array(X_train, (n_train, n_features), name="X_train"),
        check.array(X_test, (n_test, n_features), name="X_test"),
        check.array(y_train, (n_train,), name="y_train"),
        check.array(y_test, (n_test,), name="y_test"),
    )


@pytest.mark.supporting
def test_train_test_split_gives_the_test_part_its_share(student, rng, check):
    """int(n * test_size) rows are for testing, a fifth by default, and the others for training."""
    four_parts(check, student.train_test_split(*numbered_rows(rng, 50)), 40, 10)
    four_parts(check, student.train_test_split(*numbered_rows(rng, 50), test_size=0.5), 25, 25)
    four_parts(check, student.train_test_split(*numbered_rows(rng, 27), test_size=0.25), 21, 6)


def test_train_test_split_loses_no_row_and_repeats_none(student, rng, check):
    """Every row is in exactly one of the two parts."""
    X, y = numbered_rows(rng, 30)
    X_train, X_test, _, _ = four_parts(check, student.train_test_split(X, y, test_size=0.3), 21, 9)
    rows = np.vstack([X_train, X_test])
    check.same(rows[np.argsort(rows[:, 0])], X)


def test_train_test_split_keeps_rows_and_labels_together(student, rng, check):
    """Each row comes with the label that it had, in both parts."""
    X = rng.normal(size=(60, 2))
    y = (X[:, 0] + X[:, 1] > 0).astype(int)
    parts = student.train_test_split(X, y, test_size=0.25, seed=new_seed(rng))
    X_train, X_test, y_train, y_test = four_parts(check, parts, 45, 15)
    check.same(y_train == 1, X_train.sum(axis=1) > 0)
    check.same(y_test == 1, X_test.sum(axis=1) > 0)
    check.same(y_train.sum() + y_test.sum(), y.sum())


def test_train_test_split_draws_the_test_part_at_random(student, rng, check):
    """The seed decides which rows are for testing; they are neither the first nor the last ones."""
    X, y = numbered_rows(rng, 60)
    seed = new_seed(rng)
    first, other, again = (
        np.sort(four_parts(check, student.train_test_split(X, y, 0.25, s), 45, 15)[1][:, 0])
        for s in (seed, seed + 1, seed)
    )
    check.same(again, first)
    check.true(not np.array_equal(first, other), "another seed draws other rows for testing")
    check.true(first[-1] - first[0] > 14, "the test part is drawn from everywhere, not cut out in one piece")


# standardize


def in_same_order(scaled, X):
    return np.array_equal(np.argsort(scaled, axis=0), np.argsort(X, axis=0))


def test_standardize_gives_mean_0_and_standard_deviation_1(student, rng, check):
    """Each feature of the training part has mean 0 and standard deviation 1 afterwards; what was larger still is."""
    X_train, X_test = rng.normal(5, 2, size=(9, 3)), rng.normal(5, 2, size=(4, 3))
    X_train_scaled, _, _, _ = check.items(student.standardize(X_train, X_test), 4)
    X_train_scaled = check.array(X_train_scaled, (9, 3), name="X_train_scaled")
    check.same(X_train_scaled.mean(axis=0), np.zeros(3), atol=1e-6)  # 1e-6: a tiny number added to std is no mistake
    check.same(X_train_scaled.std(axis=0), np.ones(3), rtol=1e-6)
    check.true(in_same_order(X_train_scaled, X_train), "the order of the rows by size is the same afterwards")


def test_standardize_returns_the_statistics_of_the_training_part(student, rng, check):
    """`mean` and `std` are those of the training part's features, one number per feature."""
    X_train, X_test = rng.normal(-3, 2, size=(7, 4)), rng.normal(10, 5, size=(5, 4))
    _, _, mean, std = check.items(student.standardize(X_train, X_test), 4)
    check.same(check.array(mean, (4,), name="mean"), X_train.mean(axis=0))
    check.same(check.array(std, (4,), name="std"), X_train.std(axis=0), rtol=1e-6)


def test_standardize_scales_the_test_part_like_the_training_part(student, rng, check):
    """A row comes out the same whether it is in the training or in the test part."""
    X_train = rng.normal(2, 3, size=(8, 2))
    X_train_scaled, X_test_scaled, _, _ = check.items(student.standardize(X_train, X_train[2:5]), 4)
    X_train_scaled = check.array(X_train_scaled, (8, 2), name="X_train_scaled")
    check.same(check.array(X_test_scaled, (3, 2), name="X_test_scaled"), X_train_scaled[2:5])
    check.true(not np.allclose(X_train_scaled, X_train), "standardizing changes these numbers")
    check.true(in_same_order(X_train_scaled, X_train), "the order of the rows by size is the same afterwards")


def test_standardize_survives_a_constant_feature(student, rng, check):
    """A feature that is the same in all training rows becomes 0 there, and nothing becomes NaN."""
    X_train, X_test = rng.normal(3, 2, size=(8, 2)), rng.normal(3, 2, size=(4, 2))
    X_train[:, 1] = int(rng.integers(2, 9))
    X_train_scaled, X_test_scaled, _, _ = check.items(student.standardize(X_train, X_test), 4)
    X_train_scaled = check.array(X_train_scaled, (8, 2), name="X_train_scaled")
    check.same(X_train_scaled[:, 1], np.zeros(8))
    check.same(X_train_scaled[:, 0].std(), 1.0, rtol=1e-6)
    check.true(in_same_order(X_train_scaled[:, 0], X_train[:, 0]), "the order by size is the same afterwards")
    check.array(X_test_scaled, (4, 2), name="X_test_scaled")


def test_standardize_by_hand(student, check):
    """[1, 3] has mean 2 and standard deviation 1, so it becomes [-1, 1], and a test value of 6 becomes 4."""
    X_train_scaled, X_test_scaled, mean, std = check.items(
        student.standardize(np.array([[1.0], [3.0]]), np.array([[6.0]])), 4
    )
    check.same(check.array(mean, (1,), name="mean"), np.array([2.0]))
    check.same(check.array(std, (1,), name="std"), np.array([1.0]), rtol=1e-6)
    check.same(X_train_scaled, np.array([[-1.0], [1.0]]), rtol=1e-6)
    check.same(X_test_scaled, np.array([[4.0]]), rtol=1e-6)
