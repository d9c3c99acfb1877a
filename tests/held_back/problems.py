"""Mistakes held back in `mlp.problems`."""

import numpy as np
from held_back.registry import held_back


@held_back(
    "problems.softmax",
    right={"softmax_over_rows", "axis"},
    source="https://github.com/MicrosoftDocs/pytorchfundamentals/pull/21",
)
def softmax_of_rows(Z):
    """Rows add up to 1, not columns: samples are normalised among each other."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@held_back(
    "problems.softmax",
    right={"softmax_over_everything", "axis"},
    source="https://github.com/nntrainer/nntrainer/pull/430",
)
def softmax_of_the_whole_matrix(Z):
    """The sum runs over all classes of all samples."""
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e)


@held_back(
    "problems.mini_batches",
    right={"batches_with_an_empty_one", "bound"},
    source="https://github.com/kmheckel/spyx/issues/23",
)
def batches_with_an_empty_one(X, Y, batch_size, seed=42):
    """Where the size divides the number of samples, an empty batch comes last."""
    order = np.random.RandomState(seed).permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    count = X.shape[1] // batch_size + 1
    return [
        (X[:, i * batch_size : (i + 1) * batch_size], Y[:, i * batch_size : (i + 1) * batch_size]) for i in range(count)
    ]


@held_back("problems.momentum_step", right={"term", "momentum_as_an_average"}, source="invented")
def momentum_of_an_average(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The gradient enters with 1 - beta, as in a running average: another course's formula."""
    v = [
        (beta * a + (1 - beta) * c, beta * b + (1 - beta) * d)
        for (a, b), (c, d) in zip(velocity, gradients, strict=True)
    ]
    return [(W - learning_rate * a, b - learning_rate * c) for (W, b), (a, c) in zip(parameters, v, strict=True)], v


@held_back("problems.l2_penalty", right={"l2_with_biases", "term"}, source="invented")
def penalty_on_all_parameters(parameters, strength):
    """Biases are penalised as well."""
    return strength / 2 * float(sum((W**2).sum() + (b**2).sum() for W, b in parameters))


@held_back("problems.categorical_cross_entropy", right={"cce_averaged_over_classes_too", "factor"}, source="invented")
def loss_by_the_mean_of_everything(Y_hat, Y):
    """The mean runs over classes and samples."""
    return -np.mean(Y * np.log(np.clip(Y_hat, 1e-12, 1)))
