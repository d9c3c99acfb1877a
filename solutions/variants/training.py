"""Right answers to `mlp.training` in odd styles."""

import copy
from itertools import pairwise

import numpy as np
from mlp.backprop import backward
from mlp.forward import binary_cross_entropy, forward, initialize_parameters

from variants import variant


@variant("training.update_parameters")
def update_a_deep_copy(parameters, gradients, learning_rate):
    """A deep copy, changed in place."""
    new = copy.deepcopy(parameters)
    for i in range(len(new)):
        for array, slope in zip(new[i], gradients[i], strict=True):
            array -= learning_rate * slope
    return new


@variant("training.update_parameters")
def update_into_lists(parameters, gradients, learning_rate):
    """Lists inside a tuple, in Fortran order."""
    return tuple(
        [np.asfortranarray(p + -learning_rate * g) for p, g in zip(*pairs, strict=True)]
        for pairs in zip(parameters, gradients, strict=True)
    )


@variant("training.MLP")
def mlp_keeping_tuples(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """Lists where the reference has tuples, and all that it was given besides."""
    self.layer_sizes, self.activations, self.seed = list(layer_sizes), tuple(activations), seed
    self.learning_rate = float(learning_rate)
    self.parameters = [list(pair) for pair in initialize_parameters(list(layer_sizes), seed=seed)]


@variant("training.MLP")
class NetworkWithAProperty:
    """`.parameters` is a property that puts copies together; weights and biases are kept apart."""

    def __init__(self, layer_sizes, activations, learning_rate=0.1, seed=42):
        rng = np.random.default_rng(seed)
        self.weights = [rng.standard_normal((o, i)) * np.sqrt(2 / i) for i, o in pairwise(layer_sizes)]
        self.biases = [np.zeros((o, 1)) for o in layer_sizes[1:]]
        self.names, self.rate = activations, learning_rate

    @property
    def parameters(self):
        return [(W.copy(), b.copy()) for W, b in zip(self.weights, self.biases, strict=True)]

    def forward(self, X):
        return forward(X, self.parameters, self.names)[0]

    def predict(self, X):
        return np.round(self.forward(X)).astype(np.int32)

    def train(self, X, Y, epochs=1000, print_every=100, verbose=True):
        losses = np.zeros(epochs)
        for epoch in range(epochs):
            parameters = self.parameters
            Y_hat, cache = forward(X, parameters, self.names)
            losses[epoch] = binary_cross_entropy(Y_hat, Y)
            for i, (dW, db) in enumerate(backward(Y_hat, Y, cache, parameters, self.names)):
                self.weights[i] = self.weights[i] - self.rate * dW
                self.biases[i] = self.biases[i] - self.rate * db
            if verbose and (epoch + 1) % print_every == 0:
                print(epoch + 1, losses[epoch])
        return losses

    def evaluate(self, X, Y):
        return np.mean(self.predict(X) == Y)


@variant("training.MLP")
class NetworkInOneVector:
    """`.parameters` are views into one long vector, which training moves in place."""

    def __init__(self, layer_sizes, activations, learning_rate=0.1, seed=42):
        start = initialize_parameters(layer_sizes, seed)
        self.theta = np.concatenate([array.ravel() for pair in start for array in pair])
        self.parameters, place = [], 0
        for pair in start:
            views = []
            for array in pair:
                views.append(self.theta[place : place + array.size].reshape(array.shape))
                place += array.size
            self.parameters.append(tuple(views))
        self.activations, self.learning_rate = activations, learning_rate

    def forward(self, X):
        Y_hat, self.cache = forward(X, self.parameters, self.activations)
        return Y_hat

    def predict(self, X):
        return np.where(self.forward(X) >= 0.5, 1, 0)

    def train(self, X, Y, epochs=1000, print_every=100, verbose=True):
        losses = ()
        for _ in range(epochs):
            Y_hat = self.forward(X)
            losses += (np.float64(binary_cross_entropy(Y_hat, Y)),)
            gradients = backward(Y_hat, Y, self.cache, self.parameters, self.activations)
            self.theta -= self.learning_rate * np.concatenate([array.ravel() for pair in gradients for array in pair])
        return losses

    def evaluate(self, X, Y):
        return 1 - float(np.abs(self.predict(X) - Y).mean())


@variant("training.MLP.forward")
def mlp_forward_remembering_its_cache(self, X):
    """The cache is kept on the network."""
    self.Y_hat, self.cache = forward(X, self.parameters, self.activations)
    return self.Y_hat


@variant("training.MLP.predict")
def mlp_predict_by_rounding(self, X):
    """Rounded, as integers."""
    return np.rint(self.forward(X)).astype("int8")


@variant("training.MLP.predict")
def mlp_predict_by_loop(self, X):
    """One sample after the other; exactly 0.5 is a 1."""
    return np.array([[1 if self.forward(X[:, [j]])[0, 0] >= 0.5 else 0 for j in range(X.shape[1])]])


@variant("training.MLP.train")
def train_in_place(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The network's own arrays are moved; nothing is ever printed; an array of losses comes back."""
    losses = []
    while len(losses) < epochs:
        Y_hat, cache = forward(X, self.parameters, self.activations)
        losses.append(binary_cross_entropy(Y_hat, Y))
        for (W, b), (dW, db) in zip(
            self.parameters, backward(Y_hat, Y, cache, self.parameters, self.activations), strict=True
        ):
            W -= self.learning_rate * dW
            b -= self.learning_rate * db
    return np.array(losses)


@variant("training.MLP.train")
def train_sums_over_samples(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Gradients are added up sample by sample, weighted with 1/m."""
    losses, m = [], X.shape[1]
    for epoch in range(epochs):
        losses.append(binary_cross_entropy(self.forward(X), Y))
        total = [[np.zeros(W.shape), np.zeros(b.shape)] for W, b in self.parameters]
        for j in range(m):
            Y_hat, cache = forward(X[:, [j]], self.parameters, self.activations)
            slopes = backward(Y_hat, Y[:, [j]], cache, self.parameters, self.activations)
            for sums, pair in zip(total, slopes, strict=True):
                sums[0] += pair[0] / m
                sums[1] += pair[1] / m
        self.parameters = [
            (W - self.learning_rate * dW, b - self.learning_rate * db)
            for (W, b), (dW, db) in zip(self.parameters, total, strict=True)
        ]
        if verbose and epoch % print_every == 0:
            print(f"Epoch {epoch}: {losses[-1]}")
    return losses


@variant("training.MLP.evaluate")
def evaluate_by_counting(self, X, Y):
    """A count, divided; a NumPy scalar."""
    return np.sum(self.predict(X).ravel() == Y.ravel()) / np.float64(Y.size)


@variant("training.MLP.evaluate")
def evaluate_by_loop(self, X, Y):
    """One sample after the other."""
    predictions = self.predict(X)
    return len([1 for p, y in zip(predictions[0], Y[0], strict=True) if p == y]) / X.shape[1]


@variant("training.compare_learning_rates")
def compare_by_a_network_of_its_own(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """From the last rate to the first, by a class that keeps its parameters otherwise."""
    from mlp.training import MLP

    class Quiet(MLP):
        def train(self, *arguments):
            return super().train(*arguments, print_every=10**9, verbose=False)

    results = {}
    for rate in reversed(learning_rates):
        model = Quiet(layer_sizes=layer_sizes, activations=activations, learning_rate=rate, seed=seed)
        model.train(X_train, Y_train, epochs)
        results[rate] = np.float64(model.evaluate(X_test, Y_test))
    return results
