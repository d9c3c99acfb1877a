"""Activations and their slopes: the one thing in a network that isn't linear.

Each activation is applied to every entry of the pre-activations Z on its own. Its derivative is
a function of Z too, not of the activation: backpropagation looks Z up in the cache and asks how
steep the curve is there.
"""

import numpy as np


def sigmoid(Z):
    """1 / (1 + e^-Z) for every entry of Z: any number becomes a probability, between 0 and 1.

    Z: pre-activations, any shape. Returns a new array of that shape. No overflow warning and no
    NaN for |Z| up to 10,000: e^x is only safe to compute for x <= 0.
    Source: Rumelhart, Hinton and Williams, Nature 323, 1986.

    >>> sigmoid(np.array([-2.0, 0.0, 2.0])).round(4)
    array([0.1192, 0.5   , 0.8808])
    """
    raise NotImplementedError("sigmoid")


def sigmoid_derivative(Z):
    """The slope of sigmoid at Z: sigmoid(Z) (1 - sigmoid(Z)).

    Z: pre-activations, any shape (not the activation A = sigmoid(Z)). Returns a new array of
    that shape, with entries in [0, 1/4]: at most a quarter of a gradient passes, and next to
    nothing where |Z| is large.

    >>> sigmoid_derivative(np.array([-2.0, 0.0, 2.0])).round(4)
    array([0.105, 0.25 , 0.105])
    """
    raise NotImplementedError("sigmoid_derivative")


def relu(Z):
    """max(0, Z) for every entry of Z: what is positive passes, all else becomes 0.

    Z: pre-activations, any shape. Returns a new array of that shape; Z stays as it was.
    Source: Nair and Hinton, ICML 2010.

    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    raise NotImplementedError("relu")


def relu_derivative(Z):
    """The slope of relu at Z: 1 where Z > 0, else 0.

    Z: pre-activations, any shape. Returns a new array of that shape. At Z = 0 there is a kink
    and no slope; by convention it is 0 there.

    >>> relu_derivative(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 1.])
    """
    raise NotImplementedError("relu_derivative")


def tanh(Z):
    """(e^Z - e^-Z) / (e^Z + e^-Z) for every entry of Z: like sigmoid, but from -1 to 1.

    Z: pre-activations, any shape. Returns a new array of that shape, 0 where Z is 0.
    Source: LeCun et al., "Efficient BackProp", 1998, on why an activation with mean 0 trains
    faster.

    >>> tanh(np.array([-1.0, 0.0, 1.0])).round(4)
    array([-0.7616,  0.    ,  0.7616])
    """
    raise NotImplementedError("tanh")


def tanh_derivative(Z):
    """The slope of tanh at Z: 1 - tanh(Z)^2.

    Z: pre-activations, any shape (not the activation A = tanh(Z)). Returns a new array of that
    shape, entries in [0, 1].

    >>> tanh_derivative(np.array([-1.0, 0.0, 1.0])).round(4)
    array([0.42, 1.  , 0.42])
    """
    raise NotImplementedError("tanh_derivative")


ACTIVATIONS = {  # name -> (activation, derivative), both functions of Z
    "sigmoid": (sigmoid, sigmoid_derivative),
    "relu": (relu, relu_derivative),
    "tanh": (tanh, tanh_derivative),
}
