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
    rng = np.random.RandomState(seed)
    n_first = n_samples // 2
    t0, t1 = np.linspace(0, np.pi, n_first), np.linspace(0, np.pi, n_samples - n_first)
    first = np.column_stack([np.cos(t0), np.sin(t0)])
    second = np.column_stack([1 - np.cos(t1), 1 - np.sin(t1) - 0.5])
    X = np.vstack([first, second]) + rng.normal(0.0, noise, (n_samples, 2))
    y = np.repeat([0, 1], [n_first, n_samples - n_first])
    order = rng.permutation(n_samples)
    return X[order], y[order]


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
    if not 0 < factor < 1:
        raise ValueError(f"factor must lie between 0 and 1, got {factor}")
    rng = np.random.RandomState(seed)
    n_outer = n_samples // 2
    t0 = np.linspace(0, 2 * np.pi, n_outer, endpoint=False)
    t1 = np.linspace(0, 2 * np.pi, n_samples - n_outer, endpoint=False)
    outer = np.column_stack([np.cos(t0), np.sin(t0)])
    inner = factor * np.column_stack([np.cos(t1), np.sin(t1)])
    X = np.vstack([outer, inner]) + rng.normal(0.0, noise, (n_samples, 2))
    y = np.repeat([0, 1], [n_outer, n_samples - n_outer])
    order = rng.permutation(n_samples)
    return X[order], y[order]


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
    order = np.random.RandomState(seed).permutation(len(X))
    n_test = int(len(X) * test_size)
    test, train = order[:n_test], order[n_test:]
    return X[train], X[test], y[train], y[test]


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
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return (X_train - mean) / std, (X_test - mean) / std, mean, std
