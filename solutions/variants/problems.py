"""Right answers to `mlp.problems` in odd styles."""

import numpy as np
from mlp.datasets import make_circles, standardize, train_test_split
from mlp.training import MLP

from variants import variant


@variant("problems.xor_parameters")
def xor_by_differences():
    """The hidden units are x1 - x2 and x2 - x1, in whole numbers; lists in a tuple."""
    return [np.array([[1, -1], [-1, 1]]), np.array([[0], [0]])], [np.array([[2, 2]]), np.array([[-1]])]


@variant("problems.softmax")
def softmax_by_logarithms(Z):
    """The exponential of the log-softmax."""
    return np.exp(Z - np.logaddexp.reduce(Z, axis=0))


@variant("problems.softmax")
def softmax_by_columns(Z):
    """One column after the other; a transposed view."""
    columns = []
    for column in Z.T:
        e = np.exp(column - max(column))
        columns.append(e / sum(e))
    return np.array(columns).T


@variant("problems.categorical_cross_entropy")
def cce_by_index(Y_hat, Y):
    """The probability of each sample's class, picked out."""
    p = Y_hat[np.argmax(Y, axis=0), np.arange(Y.shape[1])]
    return -np.log(p + 1e-12).mean()


@variant("problems.categorical_cross_entropy")
def cce_clipped_at_1e_7(Y_hat, Y):
    """Clipped at both ends; a 0-d array."""
    return np.array(np.mean(-(Y * np.log(np.clip(Y_hat, 1e-7, 1 - 1e-7))).sum(axis=0)))


@variant("problems.mini_batches")
def batches_by_split(X, Y, batch_size, seed=42):
    """NumPy's split at the multiples, with the new generator; lists in a tuple."""
    order = np.random.default_rng(seed).permutation(X.shape[1])
    parts = np.split(order, range(batch_size, X.shape[1], batch_size))
    return tuple([X[:, part], Y[:, part]] for part in parts)


@variant("problems.mini_batches")
def batches_of_views(X, Y, batch_size, seed=42):
    """X and Y are shuffled once, and the batches are views into them."""
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    batches = []
    while X.shape[1] > 0:
        batches.append((X[:, :batch_size], Y[:, :batch_size]))
        X, Y = X[:, batch_size:], Y[:, batch_size:]
    return batches


@variant("problems.momentum_step")
def momentum_by_index(parameters, gradients, velocity, learning_rate, beta=0.9):
    """Loops over indices; lists everywhere."""
    new, rolled = [], []
    for layer in range(len(parameters)):
        v = [velocity[layer][k] * beta + gradients[layer][k] for k in range(2)]
        rolled.append(v)
        new.append([parameters[layer][k] - v[k] * learning_rate for k in range(2)])
    return [new, rolled]


@variant("problems.l2_penalty")
def l2_by_norms(parameters, strength):
    """Squared Frobenius norms."""
    total = 0.0
    for W, _ in parameters:
        total += np.linalg.norm(W) ** 2
    return 0.5 * strength * total


@variant("problems.l2_penalty")
def l2_by_dot_products(parameters, strength):
    """Each W times itself, as a vector; a NumPy scalar."""
    return strength * np.sum([np.vdot(W, W) for W, _ in parameters]) / 2


@variant("problems.train_on_circles")
def circles_by_tanh(seed=42):
    """Another network, trained in two goes; a list comes back."""
    X, y = make_circles(n_samples=500, noise=0.1, factor=0.5, seed=seed)
    X_train, X_test, y_train, y_test = train_test_split(X, y, seed=seed)
    X_train, X_test, _, _ = standardize(X_train, X_test)
    model = MLP([2, 16, 4, 1], ["tanh", "relu", "sigmoid"], learning_rate=0.5, seed=seed)
    for _ in range(2):
        model.train(X_train.T, y_train.reshape(1, -1), epochs=150, verbose=False)
    return [model, np.float64(model.evaluate(X_test.T, y_test.reshape(1, -1)))]
