"""Problems for extra credit: XOR by hand, many classes, better training, and the circles.

Each goes one step beyond the network that stands already, and uses it. Samples are columns.
"""

import numpy as np

from mlp.datasets import make_circles, standardize, train_test_split
from mlp.training import MLP, update_parameters


def xor_parameters():
    """Parameters of a [2, 2, 1] relu/sigmoid network that computes XOR, found by hand.

    Its output is above 0.5 for the inputs (0, 1) and (1, 0), below 0.5 for (0, 0) and (1, 1),
    and never exactly 0.5. Returns a list of two (W, b): shapes (2, 2), (2, 1) and (1, 2), (1, 1).
    Source: Minsky and Papert, "Perceptrons", 1969, on why one layer can't; Goodfellow, Bengio
    and Courville, "Deep Learning", section 6.1.

    >>> from mlp.forward import forward
    >>> X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
    >>> Y_hat, _ = forward(X, xor_parameters(), ["relu", "sigmoid"])
    >>> (Y_hat > 0.5).astype(int)
    array([[0, 1, 1, 0]])
    """
    raise NotImplementedError("xor_parameters")


def softmax(Z):
    """Column by column e^Z / sum(e^Z): one probability per class, for each sample.

    Z: (n_classes, m). Returns (n_classes, m), each column with sum 1. Stable for large Z:
    subtracting a column's maximum changes nothing but the size of the numbers.
    Source: Bridle, "Training stochastic model recognition algorithms as networks", NIPS 1989.

    >>> softmax(np.array([[0.0, 1000.0], [np.log(3.0), 1000.0]]))
    array([[0.25, 0.5 ],
           [0.75, 0.5 ]])
    """
    raise NotImplementedError("softmax")


def categorical_cross_entropy(Y_hat, Y):
    """The mean loss over m samples of n classes: -mean over columns of sum(Y log(Y_hat)).

    Y_hat: (n_classes, m), probabilities. Y: (n_classes, m), one-hot. Returns a float, in nats,
    finite also where Y_hat is exactly 0.

    >>> Y_hat = np.array([[0.7, 0.1], [0.3, 0.9]])
    >>> round(categorical_cross_entropy(Y_hat, np.array([[1, 0], [0, 1]])), 4)
    0.231
    """
    raise NotImplementedError("categorical_cross_entropy")


def mini_batches(X, Y, batch_size, seed=42):
    """All samples, shuffled and cut into batches.

    X: (n_features, m). Y: (n_out, m). batch_size: int >= 1. seed: int; the same seed gives the
    same shuffle.
    Returns a list of (X_batch, Y_batch); each column keeps its label and occurs exactly once.
    Every batch has batch_size columns, the last may have fewer, but at least one.

    >>> batches = mini_batches(np.arange(5.0)[None, :], np.arange(5)[None, :], batch_size=2)
    >>> [X_batch.shape for X_batch, Y_batch in batches]
    [(1, 2), (1, 2), (1, 1)]
    """
    raise NotImplementedError("mini_batches")


def momentum_step(parameters, gradients, velocity, learning_rate, beta=0.9):
    """One step with momentum: v = beta v + gradient, then parameter - learning_rate v.

    parameters, gradients, velocity: one pair per layer, of the same shapes; the first velocity
    is all zeros. learning_rate: a float > 0. beta: a float in [0, 1).
    Returns (parameters, velocity), both new.
    Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    >>> ones = [(np.array([[1.0]]), np.array([[1.0]]))]
    >>> parameters, velocity = momentum_step(ones, ones, ones, learning_rate=0.1, beta=0.5)
    >>> velocity
    [(array([[1.5]]), array([[1.5]]))]
    >>> parameters
    [(array([[0.85]]), array([[0.85]]))]
    """
    raise NotImplementedError("momentum_step")


def l2_penalty(parameters, strength):
    """strength / 2 times the sum of all squared weights; biases are not penalised.

    parameters: one (W, b) per layer. strength: a float >= 0. Returns a float, to be added to
    the loss.
    Source: Krogh and Hertz, "A simple weight decay can improve generalization", NIPS 1991.

    >>> l2_penalty([(np.array([[1.0, 2.0]]), np.array([[5.0]]))], strength=0.1)
    0.25
    """
    raise NotImplementedError("l2_penalty")


def train_on_circles(seed=42):
    """Everything together: a network that tells the inner circle from the outer one.

    seed: int, for the data, the split and the network. Makes circles (500 samples, noise 0.1,
    factor 0.5), splits them 80/20, standardises them, and trains an MLP. Layers, learning rate
    and epochs are your choice. Prints nothing.
    Returns (model, test_accuracy): the trained MLP, and a float of at least 0.95 with the
    default seed, at least 0.90 with any other.

    >>> model, test_accuracy = train_on_circles()
    >>> test_accuracy >= 0.95
    True
    """
    raise NotImplementedError("train_on_circles")
