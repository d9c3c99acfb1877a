"""What `pytest --plots` draws: one picture a function, from what you have built. It needs Matplotlib."""

import numpy as np

from autograder.kit.plots import (
    plot_activation,
    plot_dataset,
    plot_decision_boundary,
    plot_gradient_errors,
    plot_losses,
)


def sigmoid():
    from mlp.activations import sigmoid, sigmoid_derivative

    return plot_activation(sigmoid, sigmoid_derivative, "sigmoid")


def relu():
    from mlp.activations import relu, relu_derivative

    return plot_activation(relu, relu_derivative, "relu")


def tanh():
    from mlp.activations import tanh, tanh_derivative

    return plot_activation(tanh, tanh_derivative, "tanh")


def gradients():
    from mlp.backprop import backward, numerical_gradients
    from mlp.forward import forward, initialize_parameters

    rng, names = np.random.default_rng(0), ["tanh", "relu", "sigmoid"]
    X, Y, parameters = rng.normal(size=(2, 20)), rng.integers(2, size=(1, 20)), initialize_parameters([2, 5, 3, 1])
    Y_hat, cache = forward(X, parameters, names)
    return plot_gradient_errors(
        backward(Y_hat, Y, cache, parameters, names), numerical_gradients(X, Y, parameters, names)
    )


def moons():
    from mlp.datasets import make_moons

    return plot_dataset(*make_moons())


def circles():
    from mlp.datasets import make_circles

    return plot_dataset(*make_circles())


def losses_on_moons():
    return plot_losses({f"learning rate {rate}": _trained(rate)[1] for rate in (0.01, 0.1, 1.0)})


def boundary_on_moons():
    model, _, X_test, y_test = _trained(1.0)
    axes = plot_decision_boundary(model.forward, X_test, y_test)
    axes.set_title(f"{model.evaluate(X_test.T, y_test[None, :]):.0%} of the moons' test part are right")
    return axes


def _trained(learning_rate):
    from mlp.datasets import make_moons, standardize, train_test_split
    from mlp.training import MLP

    X_train, X_test, y_train, y_test = train_test_split(*make_moons())
    X_train, X_test, _, _ = standardize(X_train, X_test)
    model = MLP([2, 16, 8, 1], ["relu", "relu", "sigmoid"], learning_rate)
    losses = model.train(X_train.T, y_train[None, :], epochs=500, verbose=False)
    return model, losses, X_test, y_test
