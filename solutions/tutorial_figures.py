"""The tutorial's own figures, computed by the reference solution: `python solutions/tutorial_figures.py`.

Exits with 1 if one differs. The figures are those of R. Mondal, "Multi-Layer Perceptrons: From Mathematics to
Implementation", 2025: moons, standardised, a [2, 16, 8, 1] network.
"""

import sys

import numpy as np
from mlp.datasets import make_moons, standardize, train_test_split
from mlp.training import MLP, compare_learning_rates

NETWORK = ([2, 16, 8, 1], ["relu", "relu", "sigmoid"])
TUTORIAL = {
    "class counts in training": [201, 199],
    "test accuracy, rate 0.001, 1000 epochs": 0.80,
    "test accuracy, rate 0.01, 1000 epochs": 0.83,
    "test accuracy, rate 0.1, 1000 epochs": 0.96,
    "test accuracy, rate 0.5, 1000 epochs": 0.96,
    "test accuracy, rate 1.0, 1000 epochs": 0.96,
    "test accuracy, rate 0.1, 2000 epochs": 0.96,
}


def figures():
    """The same figures by the reference, under the same names."""
    X_train, X_test, y_train, y_test = train_test_split(*make_moons(500, noise=0.2, seed=42), test_size=0.2, seed=42)
    X_train, X_test, _, _ = standardize(X_train, X_test)
    data = X_train.T, y_train[None, :], X_test.T, y_test[None, :]
    found = {"class counts in training": np.bincount(y_train).tolist()}
    for rate, accuracy in compare_learning_rates(*data, [0.001, 0.01, 0.1, 0.5, 1.0], *NETWORK).items():
        found[f"test accuracy, rate {rate}, 1000 epochs"] = accuracy
    model = MLP(*NETWORK, learning_rate=0.1, seed=42)
    model.train(*data[:2], epochs=2000, verbose=False)
    return found | {"test accuracy, rate 0.1, 2000 epochs": model.evaluate(*data[2:])}


def main():
    found = figures()
    for name, value in TUTORIAL.items():
        print(f"{name:40} tutorial {value!s:12} reference {found[name]}")
    return int(found != TUTORIAL)


if __name__ == "__main__":
    sys.exit(main())
