"""Known mistakes in `mlp.activations`."""

import numpy as np
from mlp.activations import relu, sigmoid, tanh

from mistakes import mistake


@mistake("activations.sigmoid")
def sigmoid_mirrored(Z):
    """The curve falls instead of rising. Look at the sign of the exponent: what should happen for a large Z?"""
    return 1 - sigmoid(Z)


@mistake("activations.sigmoid")
def sigmoid_overflows(Z):
    """e to a large positive power overflows, also in a branch that isn't chosen afterwards: np.where computes both.
    Which form of the formula never raises e to a positive number?"""
    return 1 / (1 + np.exp(-Z))


@mistake("activations.sigmoid")
def sigmoid_as_a_quotient(Z):
    """e^Z / (1 + e^Z) becomes infinity over infinity where Z is large. On which side of 0 is this form safe?"""
    return np.exp(Z) / (1 + np.exp(Z))


@mistake("activations.sigmoid")
def sigmoid_overflows_in_the_other_branch(Z):
    """e to a large positive power overflows, also in a branch that isn't chosen afterwards: np.where computes both.
    Which form of the formula never raises e to a positive number?"""
    return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))


@mistake("activations.sigmoid")
def sigmoid_clipped_tightly(Z):
    """Z is clipped so early that the curve goes flat where it should still move. How far out does float64 really reach
    its limit?"""
    return sigmoid(np.clip(Z, -5, 5))


@mistake("activations.sigmoid")
def sigmoid_of_half_the_tanh(Z):
    """(tanh(Z) + 1) / 2 rises twice as fast as the sigmoid. Compare the slopes at 0: what has to be halved besides?"""
    return (np.tanh(Z) + 1) / 2


@mistake("activations.sigmoid")
def sigmoid_rounded(Z):
    """The values are rounded. Small differences are what gradients are made of: leave rounding to the printing."""
    return np.round(sigmoid(Z), 4)


@mistake("activations.sigmoid")
def sigmoid_made_of_straight_lines(Z):
    """This is the hard sigmoid, three straight lines. The one asked for is smooth: it needs an exponential."""
    return np.clip(0.2 * Z + 0.5, 0, 1)


@mistake("activations.sigmoid")
def sigmoid_shared_out(Z):
    """The entries of a column share a total of 1: that is softmax. A sigmoid looks at each entry by itself."""
    e = np.exp(Z - np.max(Z, axis=0))
    return e / np.sum(e, axis=0)


@mistake("activations.sigmoid")
def sigmoid_of_matrices_only(Z):
    """It counts on two axes, and fails for arrays with another number of them. Which NumPy functions don't care?"""
    rows, columns = Z.shape
    return np.array([[sigmoid(Z[i, j]) for j in range(columns)] for i in range(rows)])


@mistake("activations.sigmoid_derivative")
def sigmoid_slope_takes_z_for_the_activation(Z):
    """Z (1 - Z) is the formula in terms of the activation, but Z comes in. Compute the activation first."""
    return Z * (1 - Z)


@mistake("activations.sigmoid_derivative")
def sigmoid_slope_of_the_activation(Z):
    """The sigmoid is applied twice. The argument is the pre-activation, and one sigmoid makes the activation of it."""
    A = sigmoid(sigmoid(Z))
    return A * (1 - A)


@mistake("activations.sigmoid_derivative")
def sigmoid_slope_without_its_second_factor(Z):
    """This is the activation itself, always rising. The slope is small on both sides: what is it multiplied with?"""
    return sigmoid(Z)


@mistake("activations.sigmoid_derivative")
def sigmoid_slope_without_its_first_factor(Z):
    """Only 1 minus the activation is left. The slope is small on both sides: which factor sees to the left one?"""
    return 1 - sigmoid(Z)


@mistake("activations.sigmoid_derivative")
def sigmoid_slope_by_the_rule_of_tanh(Z):
    """1 minus the square of the activation is the derivative of tanh. Derive 1 / (1 + e^-Z) itself once by hand."""
    return 1 - sigmoid(Z) ** 2


@mistake("activations.sigmoid_derivative")
def sigmoid_slope_negative(Z):
    """The slope is negative, but the sigmoid rises everywhere. Which of the two differences is turned round?"""
    return sigmoid(Z) * (sigmoid(Z) - 1)


@mistake("activations.relu")
def relu_absolute(Z):
    """Negative entries come back with their sign turned. They should not get through at all: what is max(0, -2)?"""
    return np.abs(Z)


@mistake("activations.relu")
def relu_upside_down(Z):
    """The negative entries pass and the positive ones become 0. Is it the smaller or the larger of 0 and Z?"""
    return np.minimum(0, Z)


@mistake("activations.relu")
def relu_step(Z):
    """Only 0 and 1 come out: this is the slope of relu. Positive entries should come back as they were."""
    return (Z > 0).astype(float)


@mistake("activations.relu")
def relu_leaky(Z):
    """Negative entries leak through, a hundredth of each: that is leaky ReLU. Here they become exactly 0."""
    return np.where(Z > 0, Z, 0.01 * Z)


@mistake("activations.relu")
def relu_capped(Z):
    """Large entries are cut off at 6, as in ReLU6. Here nothing limits what is above 0."""
    return np.clip(Z, 0, 6)


@mistake("activations.relu")
def relu_in_place(Z):
    """The result is right, but it is written into Z, which backpropagation still needs. Make a new array."""
    Z[Z < 0] = 0
    return Z


@mistake("activations.relu")
def relu_smooth(Z):
    """log(1 + e^Z) is softplus: it is never 0 and has no corner. ReLU compares each entry with 0, no more."""
    return np.logaddexp(0, Z)


@mistake("activations.relu")
def relu_largest_of_each_column(Z):
    """np.max reduces an array to its largest entries. Which function compares two things entry by entry?"""
    return np.max(Z, 0)


@mistake("activations.relu")
def relu_of_whole_numbers(Z):
    """The result has lost its decimals: it was made an integer array. Keep the type that comes in."""
    return np.maximum(0, Z).astype(int)


@mistake("activations.relu_derivative")
def relu_slope_one_at_the_corner(Z):
    """All is right but at Z = 0, where the slope should be 0 by convention. Look at the comparison."""
    return np.where(Z >= 0, 1.0, 0.0)


@mistake("activations.relu_derivative")
def relu_slope_is_relu(Z):
    """This is relu itself. How much does relu change if a positive Z grows by one?"""
    return relu(Z)


@mistake("activations.relu_derivative")
def relu_slope_everywhere(Z):
    """The slope is 1 everywhere. On which side is relu flat?"""
    return np.ones_like(Z)


@mistake("activations.relu_derivative")
def relu_slope_is_the_sign(Z):
    """Negative entries get -1: that is the slope of the absolute value. Is relu falling there, or flat?"""
    return np.sign(Z)


@mistake("activations.relu_derivative")
def relu_slope_leaky(Z):
    """Negative entries keep a slope of 0.01, as in leaky ReLU. Here the curve is flat on the left."""
    return np.where(Z > 0, 1.0, 0.01)


@mistake("activations.relu_derivative")
def relu_slope_on_the_wrong_side(Z):
    """The 1 is on the left and the 0 on the right. Where does relu rise?"""
    return np.where(Z < 0, 1.0, 0.0)


@mistake("activations.relu_derivative")
def relu_slope_in_place(Z):
    """The result is right, but it is written into Z, which is lost then. Make a new array."""
    Z[Z > 0] = 1
    Z[Z <= 0] = 0
    return Z


@mistake("activations.relu_derivative")
def relu_slope_as_a_quotient(Z):
    """relu(Z) / Z is 0 / 0 at Z = 0, so NaN. Ask for the sign of Z instead of dividing by it."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return relu(Z) / Z


@mistake("activations.relu_derivative")
def relu_slope_of_large_entries_only(Z):
    """Entries just above 0 are taken for 0. Compare with 0 itself, however small an entry is."""
    return np.where(Z > 1e-6, 1.0, 0.0)


@mistake("activations.tanh")
def tanh_of_half(Z):
    """(1 - e^-Z) / (1 + e^-Z) is tanh(Z / 2). Compare the exponents with those of the definition."""
    return np.tanh(Z / 2)


@mistake("activations.tanh")
def tanh_is_sigmoid(Z):
    """This curve goes from 0 to 1: it is the sigmoid. tanh goes from -1 to 1, through 0 at 0."""
    return sigmoid(Z)


@mistake("activations.tanh")
def tanh_upside_down(Z):
    """Numerator and denominator have changed places. Try 0: should it give 0 or a division by 0?"""
    with np.errstate(divide="ignore"):
        return 1 / np.tanh(Z)


@mistake("activations.tanh")
def tanh_without_its_denominator(Z):
    """(e^Z - e^-Z) / 2 is sinh and grows without bound. What keeps tanh between -1 and 1?"""
    return np.sinh(Z)


@mistake("activations.tanh")
def tanh_is_the_tangent(Z):
    """np.tan is the tangent of an angle. The hyperbolic one is made of exponentials."""
    return np.tan(Z)


@mistake("activations.tanh")
def tanh_made_of_straight_lines(Z):
    """This cuts Z off at -1 and 1. tanh bends towards them smoothly: it needs exponentials."""
    return np.clip(Z, -1, 1)


@mistake("activations.tanh")
def tanh_mirrored(Z):
    """The curve falls instead of rising. Look at the signs in the numerator: what is it for a large Z?"""
    return -np.tanh(Z)


@mistake("activations.tanh_derivative")
def tanh_slope_takes_z_for_the_activation(Z):
    """1 - Z^2 is the formula in terms of the activation, but Z comes in. Compute the activation first."""
    return 1 - Z**2


@mistake("activations.tanh_derivative")
def tanh_slope_of_the_activation(Z):
    """tanh is applied twice. The argument is the pre-activation, and one tanh makes the activation of it."""
    return 1 - tanh(tanh(Z)) ** 2


@mistake("activations.tanh_derivative")
def tanh_slope_without_the_square(Z):
    """1 - tanh(Z) goes up to 2, but the slope is at most 1 and the same for Z and -Z. What makes it symmetric?"""
    return 1 - tanh(Z)


@mistake("activations.tanh_derivative")
def tanh_slope_by_the_rule_of_sigmoid(Z):
    """A (1 - A) is the derivative of the sigmoid. Derive tanh itself once by hand: which squares cancel?"""
    return tanh(Z) * (1 - tanh(Z))


@mistake("activations.tanh_derivative")
def tanh_slope_negative(Z):
    """The slope is negative, but tanh rises everywhere. Which way round is the difference?"""
    return tanh(Z) ** 2 - 1


@mistake("activations.tanh_derivative")
def tanh_slope_is_tanh(Z):
    """This is tanh itself. The slope is largest at 0, where tanh is 0."""
    return tanh(Z)


@mistake("activations.tanh_derivative")
def tanh_slope_one_over_cosh(Z):
    """1 / cosh(Z) is the root of the slope. Compare at a few points with 1 minus the square of tanh."""
    return 1 / np.cosh(Z)
