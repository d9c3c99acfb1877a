"""The reference solution's training beside scikit-learn's: `.venv/bin/pip install scikit-learn`, then
`.venv/bin/python benchmarks/training.py`.

The same net, data, learning rate and epochs: full-batch gradient descent without momentum or penalty. Both are right on
about as many points of a test part, which is printed too. Seconds are medians; the ratio is of two that were measured
one after the other."""

import statistics
import sys
import warnings

import numpy as np
from timing import seconds

from autograder.course import find_course

sys.path.insert(0, str(find_course().solutions))

from mlp.datasets import make_moons, standardize, train_test_split
from mlp.training import MLP
from sklearn.neural_network import MLPClassifier

RUNS, EPOCHS, RATE = 7, 1000, 0.5
HIDDEN = (16, 8)
SAMPLES = (100, 500, 2000)


def main() -> None:
    warnings.simplefilter("ignore")  # scikit-learn's: it stopped because it was told to
    print(f"{'samples':>8}{'ours, s':>10}{'scikit-learn, s':>17}{'ratio':>8}{'accuracy':>18}")
    for samples in SAMPLES:
        X_train, X_test, y_train, y_test = train_test_split(*make_moons(samples))
        X_train, X_test, _, _ = standardize(X_train, X_test)
        times, right = [], (0.0, 0.0)
        for seed in range(RUNS):
            model = MLP([2, *HIDDEN, 1], ["relu", "relu", "sigmoid"], RATE, seed)
            theirs = MLPClassifier(
                HIDDEN, solver="sgd", alpha=0, batch_size=len(X_train), learning_rate_init=RATE, max_iter=EPOCHS,
                shuffle=False, tol=0, n_iter_no_change=EPOCHS + 1, momentum=0, random_state=seed,
            )  # fmt: skip
            with np.errstate(all="ignore"):
                pair = (
                    seconds(model.train, X_train.T, y_train[None, :], EPOCHS, verbose=False),
                    seconds(theirs.fit, X_train, y_train),
                )
            assert theirs.n_iter_ == EPOCHS
            times.append(pair)
            right = (model.evaluate(X_test.T, y_test[None, :]), theirs.score(X_test, y_test))
        ours, others = (statistics.median(column) for column in zip(*times, strict=True))
        ratio = statistics.median(a / b for a, b in times)
        print(f"{samples:>8}{ours:>10.3f}{others:>17.3f}{ratio:>8.2f}{right[0]:>9.0%}{right[1]:>9.0%}")


if __name__ == "__main__":
    main()
