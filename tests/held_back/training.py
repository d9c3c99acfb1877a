"""Mistakes held back in `mlp.training`."""

import numpy as np
from held_back.registry import held_back
from mlp.backprop import backward
from mlp.forward import binary_cross_entropy, forward, initialize_parameters
from mlp.training import update_parameters


@held_back(
    "training.update_parameters", right={"update_uphill", "sign"}, source="https://github.com/hanbt/learn_dl/pull/25"
)
def step_towards_the_gradient(parameters, gradients, learning_rate):
    """The step is added instead of subtracted."""
    return [
        (W + learning_rate * dW, b + learning_rate * db) for (W, b), (dW, db) in zip(parameters, gradients, strict=True)
    ]


@held_back("training.update_parameters", right={"update_biases_at_full_rate", "term"}, source="invented")
def bias_steps_without_the_rate(parameters, gradients, learning_rate):
    """The learning rate is forgotten in the step of the biases."""
    new = []
    for (W, b), (dW, db) in zip(parameters, gradients, strict=True):
        new.append((W - learning_rate * dW, b - db))
    return new


@held_back("training.update_parameters", right={"update_in_place"}, source="https://github.com/hanbt/learn_dl/pull/25")
def step_in_the_callers_arrays(parameters, gradients, learning_rate):
    """The arrays of the caller are moved, since -= works in place."""
    for (W, b), (dW, db) in zip(parameters, gradients, strict=True):
        W -= learning_rate * dW
        b -= learning_rate * db
    return parameters


@held_back("training.MLP.train", right={"train_with_the_first_gradient", "step"}, source="invented")
def forward_pass_before_the_loop(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The forward pass is made once, before the loop, so that every epoch takes the same step."""
    Y_hat, cache = forward(X, self.parameters, self.activations)
    start = self.parameters
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(Y_hat, Y))
        gradients = backward(Y_hat, Y, cache, start, self.activations)
        self.parameters = update_parameters(self.parameters, gradients, self.learning_rate)
    return losses


@held_back("training.MLP.train", right={"train_from_the_start_again"}, source="invented")
def a_new_start_in_each_training(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The parameters are drawn anew whenever train is called, so that a second training starts over."""
    sizes = [self.parameters[0][0].shape[1]] + [W.shape[0] for W, _ in self.parameters]
    self.parameters = initialize_parameters(sizes)
    losses = []
    for _ in range(epochs):
        Y_hat, cache = forward(X, self.parameters, self.activations)
        losses.append(binary_cross_entropy(Y_hat, Y))
        gradients = backward(Y_hat, Y, cache, self.parameters, self.activations)
        self.parameters = update_parameters(self.parameters, gradients, self.learning_rate)
    return losses


@held_back("training.MLP.evaluate", right={"evaluate_errors", "term"}, source="invented")
def share_of_the_wrong_ones(self, X, Y):
    """What is returned is the share of errors."""
    return float(np.mean(self.predict(X) != Y))


@held_back("training.MLP.predict", right={"mlp_predict_by_a_high_threshold", "constant"}, source="invented")
def one_above_six_tenths(self, X):
    """The threshold is 0.6."""
    return np.where(self.forward(X) > 0.6, 1, 0)
