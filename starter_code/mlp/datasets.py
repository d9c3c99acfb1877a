"""Data to learn from: two moons and two circles, split into two parts, and standardised.

Here, as everywhere outside the network, a row is a sample: X is (n_samples, 2) and y is
(n_samples,). Transpose before training: `X.T` and `y[None, :]`.
"""

import numpy as np


def make_moons(n_samples=500, noise=0.2, seed=42):
    """Two half circles that reach into each other, with noise: no straight line separates them.

    n_samples: how many rows in all, the classes as even as can be. noise: standard deviation of
    the normal noise that is added to both coordinates. seed: int; the same seed gives the same
    data.
    Returns (X, y), shuffled: X is (n_samples, 2), y is (n_samples,), labels 0 and 1. With t
    (radians) evenly over [0, pi], both ends included, class 0 lies at (cos t, sin t), class 1
    at (1 - cos t, 1 - sin t - 0.5).
    Source: the geometry of scikit-learn's make_moons; the tutorial by R. Mondal, 2025.

    >>> X, y = make_moons(5, noise=0.0)
    >>> X.shape, np.bincount(y).tolist()
    ((5, 2), [2, 3])
    >>> X[y == 0].round(2) + 0.0
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    raise NotImplementedError("make_moons")


def make_circles(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """A circle within a circle, with noise.

    n_samples: how many rows in all, the classes as even as can be. noise: standard deviation of
    the normal noise that is added to both coordinates. factor: radius of the inner circle,
    ValueError unless 0 < factor < 1. seed: int.
    Returns (X, y), shuffled: X is (n_samples, 2), y is (n_samples,). Class 0 lies on the unit
    circle, class 1 on the circle of radius `factor`, angles evenly spaced; the first point is
    not repeated at the end of the round.
    Source: the geometry of scikit-learn's make_circles.

    >>> X, y = make_circles(8, noise=0.0, factor=0.25)
    >>> np.sort(np.hypot(X[:, 0], X[:, 1]))
    array([0.25, 0.25, 0.25, 0.25, 1.  , 1.  , 1.  , 1.  ])
    """
    raise NotImplementedError("make_circles")


def train_test_split(X, y, test_size=0.2, seed=42):
    """Put some rows aside, so that the network is judged on data that it has not seen.

    X: (n, n_features). y: (n,). test_size: the share of rows for the test part, which gets
    int(n * test_size) of them. seed: int; the same seed gives the same split.
    Returns (X_train, X_test, y_train, y_test), shuffled: each row keeps its label, and each
    lands in exactly one of the parts.

    >>> X, y = np.arange(10).reshape(5, 2), np.array([0, 2, 4, 6, 8])
    >>> X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.4)
    >>> X_train.shape, X_test.shape, bool(np.all(X_train[:, 0] == y_train))
    ((3, 2), (2, 2), True)
    """
    raise NotImplementedError("train_test_split")


def standardize(X_train, X_test):
    """(X - mean) / std, feature by feature, with mean and std of the training part alone.

    X_train: (n_train, n_features). X_test: (n_test, n_features).
    Returns (X_train_scaled, X_test_scaled, mean, std); mean and std (of the population: divided
    by n_train) have shape (n_features,). The test part is scaled with the *training* part's
    mean and std: nothing about it may be known beforehand. A feature that is constant in the
    training part becomes 0 there, not NaN.

    >>> X_train, X_test = np.array([[1.0, 7.0], [5.0, 7.0]]), np.array([[7.0, 7.0]])
    >>> X_train_scaled, X_test_scaled, mean, std = standardize(X_train, X_test)
    >>> X_train_scaled
    array([[-1.,  0.],
           [ 1.,  0.]])
    >>> X_test_scaled, mean, std
    (array([[2., 0.]]), array([3., 7.]), array([2., 1.]))
    """
    raise NotImplementedError("standardize")
