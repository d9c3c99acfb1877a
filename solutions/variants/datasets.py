"""Right answers to `mlp.datasets` in odd styles."""

import math
import random

import numpy as np

from variants import variant


@variant("datasets.make_moons")
def moons_by_python(n_samples=500, noise=0.2, seed=42):
    """Python's own generator, point by point; labels are floats; class 0 has the odd point."""
    generator, points = random.Random(seed), []
    for label, n in ((0, n_samples - n_samples // 2), (1, n_samples // 2)):
        for i in range(n):
            t = math.pi * i / (n - 1)
            x, y = (math.cos(t), math.sin(t)) if label == 0 else (1 - math.cos(t), 0.5 - math.sin(t))
            points.append((x + generator.gauss(0, noise), y + generator.gauss(0, noise), float(label)))
    generator.shuffle(points)
    data = np.array(points)
    return data[:, :2], data[:, 2]


@variant("datasets.make_moons")
def moons_by_the_new_generator(n_samples=500, noise=0.2, seed=42):
    """default_rng, shuffled before the noise, a list and views in Fortran order."""
    rng = np.random.default_rng(seed)
    n = (n_samples + 1) // 2
    t = np.concatenate([np.linspace(0, np.pi, n), np.linspace(0, np.pi, n_samples - n)])
    y = (np.arange(n_samples) >= n).astype(np.int32)
    X = np.array([np.where(y == 0, np.cos(t), 1 - np.cos(t)), np.where(y == 0, np.sin(t), 0.5 - np.sin(t))])
    order = rng.permutation(n_samples)
    X, y = X[:, order], y[order]
    return [(X + noise * rng.standard_normal(X.shape)).T, y]


@variant("datasets.make_moons")
def moons_by_the_global_seed(n_samples=500, noise=0.2, seed=42):
    """The old global generator, and a joint shuffle of points and labels."""
    np.random.seed(seed)
    t, u = np.linspace(0, np.pi, n_samples // 2), np.linspace(0, np.pi, n_samples - n_samples // 2)
    rows = [[math.cos(a), math.sin(a), 0] for a in t] + [[1 - math.cos(a), 1 - math.sin(a) - 0.5, 1] for a in u]
    data = np.array(rows)
    np.random.shuffle(data)
    return data[:, :2] + np.random.normal(0, noise, (n_samples, 2)), data[:, 2].astype(int)


@variant("datasets.make_circles")
def circles_by_complex_numbers(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """Complex roots of one, clockwise, from another start; class 0 has the odd point."""
    if factor <= 0 or factor >= 1:
        raise ValueError("factor")
    rng = np.random.default_rng(seed)
    n = n_samples - n_samples // 2
    outer = np.exp(-2j * np.pi * (np.arange(n) + 0.3) / n)
    inner = factor * np.exp(-2j * np.pi * (np.arange(n_samples - n) + 0.7) / (n_samples - n))
    z = np.concatenate([outer, inner])
    z += noise * (rng.normal(size=n_samples) + 1j * rng.normal(size=n_samples))
    order = rng.permutation(n_samples)
    return np.stack([z.real, z.imag], axis=1)[order], (np.arange(n_samples) >= n)[order].astype(float)


class FactorError(ValueError):
    """An error of one's own."""


@variant("datasets.make_circles")
def circles_with_an_error_of_their_own(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """A subclass of ValueError, and a turn that ends at 2 pi, its last point cut off."""
    if not (factor > 0 and factor < 1):
        raise FactorError(factor)
    np.random.seed(seed)
    n = n_samples // 2
    points = []
    for label, count, radius in ((0, n, 1.0), (1, n_samples - n, factor)):
        turn = np.linspace(0, 2 * np.pi, count + 1)[:-1]
        points += [[radius * np.cos(a), radius * np.sin(a), label] for a in turn]
    data = np.array(points)[np.random.permutation(n_samples)]
    return data[:, :2] + noise * np.random.randn(n_samples, 2), data[:, -1].astype(int)


@variant("datasets.train_test_split")
def split_by_the_new_generator(X, y, test_size=0.2, seed=42):
    """default_rng; the test part is the end; a list comes back."""
    rng = np.random.default_rng(seed)
    order = np.arange(X.shape[0])
    rng.shuffle(order)
    n_train = X.shape[0] - int(X.shape[0] * test_size)
    return [X[order[:n_train]], X[order[n_train:]], y[order[:n_train]], y[order[n_train:]]]


@variant("datasets.train_test_split")
def split_by_a_mask(X, y, test_size=0.2, seed=42):
    """A random choice of rows for testing; the training rows keep their order."""
    np.random.seed(seed)
    mask = np.zeros(len(X), dtype=bool)
    mask[np.random.choice(len(X), int(len(X) * test_size), replace=False)] = True
    return X[~mask], X[mask], y[~mask], y[mask]


@variant("datasets.train_test_split")
def split_by_python(X, y, test_size=0.2, seed=42):
    """Pairs in a list, shuffled by Python's own generator."""
    pairs = list(zip(X.tolist(), y.tolist(), strict=True))
    random.Random(seed).shuffle(pairs)
    n_test = int(len(pairs) * test_size)
    test, train = pairs[:n_test], pairs[n_test:]
    parts = [np.array([row for row, _ in train]), np.array([row for row, _ in test])]
    return *parts, np.array([label for _, label in train]), np.array([label for _, label in test])


@variant("datasets.standardize")
def standardize_with_a_tiny_offset(X_train, X_test):
    """A tiny number keeps the standard deviation from 0."""
    mean, std = np.mean(X_train, axis=0), np.std(X_train, axis=0)
    return (X_train - mean) / (std + 1e-8), (X_test - mean) / (std + 1e-8), mean, std


@variant("datasets.standardize")
def standardize_by_columns(X_train, X_test):
    """Feature by feature, with the formula written out; std stays 0 where it is."""
    means, stds, trains, tests = [], [], [], []
    for train, test in zip(X_train.T, X_test.T, strict=True):
        mean = sum(train) / len(train)
        std = (sum((x - mean) ** 2 for x in train) / len(train)) ** 0.5
        means.append(mean)
        stds.append(std)
        trains.append((train - mean) / std if std else 0 * train)
        tests.append((test - mean) / std if std else 0 * test)
    return [np.array(trains).T, np.array(tests).T, np.array(means), np.array(stds)]
