"""Mistakes held back in `mlp.datasets`."""

import numpy as np
from held_back.registry import held_back


@held_back(
    "datasets.make_circles",
    right={"circles_lose_an_odd_point", "bound"},
    source="https://github.com/scikit-learn/scikit-learn/issues/10037",
)
def circles_of_an_even_number(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """Each circle gets n // 2 points, so one is lost where the number is odd."""
    if not 0 < factor < 1:
        raise ValueError("factor must lie between 0 and 1")
    rng = np.random.RandomState(seed)
    half = n_samples // 2
    t = np.linspace(0, 2 * np.pi, half, endpoint=False)
    circle = np.column_stack([np.cos(t), np.sin(t)])
    X = np.vstack([circle, factor * circle])
    X = X + rng.normal(0, noise, X.shape)
    y = np.repeat([0, 1], half)
    order = rng.permutation(len(X))
    return X[order], y[order]


@held_back(
    "datasets.make_circles",
    right={"circles_with_the_first_inner_point_twice", "bound"},
    source="https://github.com/scikit-learn/scikit-learn/pull/10045",
)
def inner_circle_that_closes(n_samples=500, noise=0.1, factor=0.5, seed=42):
    """The angles of the inner circle run up to 2 pi with the end, so that one of its points comes twice."""
    if not 0 < factor < 1:
        raise ValueError("factor must lie between 0 and 1")
    rng = np.random.RandomState(seed)
    n_out = n_samples // 2
    n_in = n_samples - n_out
    t_out = np.linspace(0, 2 * np.pi, n_out, endpoint=False)
    t_in = np.linspace(0, 2 * np.pi, n_in, endpoint=True)
    X = np.vstack(
        [np.column_stack([np.cos(t_out), np.sin(t_out)]), factor * np.column_stack([np.cos(t_in), np.sin(t_in)])]
    )
    X = X + rng.normal(0, noise, X.shape)
    y = np.repeat([0, 1], [n_out, n_in])
    order = rng.permutation(n_samples)
    return X[order], y[order]


@held_back(
    "datasets.make_moons",
    right=set(),
    source="https://github.com/scikit-learn/scikit-learn/pull/8199",
)
def moons_with_counts_exchanged(n_samples=500, noise=0.1, seed=42):
    """Where the number is odd, the labels count the points of the other moon."""
    rng = np.random.RandomState(seed)
    n_out = n_samples // 2
    n_in = n_samples - n_out
    t, u = np.linspace(0, np.pi, n_out), np.linspace(0, np.pi, n_in)
    X = np.vstack([np.column_stack([np.cos(t), np.sin(t)]), np.column_stack([1 - np.cos(u), 0.5 - np.sin(u)])])
    X = X + rng.normal(0, noise, X.shape)
    y = np.repeat([0, 1], [n_in, n_out])
    order = rng.permutation(n_samples)
    return X[order], y[order]


@held_back(
    "datasets.standardize",
    right={"standardize_by_both_parts", "argument"},
    source="https://theneuralbase.com/feature-engineering-for-ml/learn/beginner/scaling-leak-fit-on-all-data/",
)
def scaled_by_all_rows(X_train, X_test):
    """Mean and deviation are those of both parts together."""
    both = np.concatenate([X_train, X_test])
    mean, std = both.mean(axis=0), both.std(axis=0)
    safe = np.where(std == 0, 1, std)
    return (X_train - mean) / safe, (X_test - mean) / safe, mean, std


@held_back(
    "datasets.standardize",
    right={"standardize_with_n_minus_1", "constant"},
    source="invented",
)
def deviation_of_a_sample(X_train, X_test):
    """The deviation is divided by n - 1."""
    mean, std = np.mean(X_train, 0), np.std(X_train, 0, ddof=1)
    safe = np.where(std > 0, std, 1)
    return (X_train - mean) / safe, (X_test - mean) / safe, mean, std


@held_back("datasets.train_test_split", right={"split_shuffled_apart"}, source="invented")
def rows_and_labels_with_a_permutation_each(X, y, test_size=0.2, seed=42):
    """Rows and labels are shuffled by two permutations."""
    rng = np.random.RandomState(seed)
    n = int(len(X) * test_size)
    X, y = rng.permutation(X), rng.permutation(y)
    return X[n:], X[:n], y[n:], y[:n]
