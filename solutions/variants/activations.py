"""Right answers to `mlp.activations` in odd styles."""

import math

import numpy as np

from variants import variant


@variant("activations.sigmoid")
def sigmoid_clipped_at_500(Z):
    """The exponent is clipped so that nothing overflows."""
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))


@variant("activations.sigmoid")
def sigmoid_by_tanh(Z):
    """The identity with tanh."""
    return 0.5 * np.tanh(0.5 * Z) + 0.5


@variant("activations.sigmoid")
def sigmoid_by_masks(Z):
    """Each side of 0 is filled in on its own."""
    A = np.empty(Z.shape, dtype=np.float64, order="F")
    positive = Z >= 0
    A[positive] = 1 / (1 + np.exp(-Z[positive]))
    e = np.exp(Z[~positive])
    A[~positive] = e / (1 + e)
    return A


@variant("activations.sigmoid")
def sigmoid_by_loop(Z):
    """Python's math, one number after the other."""

    def one(z):
        return 1 / (1 + math.exp(-z)) if z > -700 else 0.0

    return np.array([one(z) for z in Z.ravel().tolist()]).reshape(Z.shape)


@variant("activations.sigmoid")
def sigmoid_with_warnings_off(Z):
    """The overflow is let happen, without a warning."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-Z))


@variant("activations.sigmoid_derivative")
def sigmoid_slope_by_exponentials(Z):
    """One formula in e^-Z, which is safe up to 300."""
    return np.exp(-Z) / (1 + np.exp(-Z)) ** 2


@variant("activations.sigmoid_derivative")
def sigmoid_slope_by_cosh(Z):
    """The identity with cosh."""
    return 0.25 / np.cosh(Z / 2) ** 2


@variant("activations.relu")
def relu_by_product(Z):
    """Z times where it is positive; negative zeros come out, too."""
    return Z * (Z > 0)


@variant("activations.relu")
def relu_by_copy(Z):
    """A copy is changed in place."""
    A = np.array(Z)
    A[A < 0] = 0
    return A


@variant("activations.relu")
def relu_by_absolute_value(Z):
    """Half of Z plus |Z|."""
    return (Z + np.abs(Z)) / 2


@variant("activations.relu_derivative")
def relu_slope_as_truth_values(Z):
    """A boolean array."""
    return Z > 0


@variant("activations.relu_derivative")
def relu_slope_by_heaviside(Z):
    """NumPy's step function."""
    return np.heaviside(Z, 0)


@variant("activations.relu_derivative")
def relu_slope_in_bytes(Z):
    """Small integers."""
    return (Z > 0).astype(np.int8)


@variant("activations.tanh")
def tanh_without_a_name(z, /):
    """The argument has no name to call it by, as where a student writes `tanh = np.tanh`."""
    return np.tanh(z)


@variant("activations.tanh")
def tanh_by_exponentials(Z):
    """The definition, which is safe up to 300."""
    return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))


@variant("activations.tanh")
def tanh_by_sigmoid(Z):
    """A stretched sigmoid."""
    return 2 / (1 + np.exp(-2 * Z)) - 1


@variant("activations.tanh_derivative")
def tanh_slope_by_cosh(Z):
    """1 / cosh squared."""
    return np.cosh(Z) ** -2.0


@variant("activations.tanh_derivative")
def tanh_slope_by_factors(Z):
    """The difference of squares, as a product."""
    A = np.tanh(Z)
    return (1 - A) * (1 + A)
