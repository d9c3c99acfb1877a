"""Public tests of the activations: `student` comes in, its answers are held against NumPy and calculus, never against
another exercise. Shipped with the kit; when marking, those that take `rng` run again on secret numbers.
A derivative is compared with the slope (f(Z + h) - f(Z - h)) / 2h at h = 1e-5: the curve's third derivative (at most 2)
makes that wrong by 4e-11, rounding by 2e-11, so 1e-9 is generous."""

import numpy as np

STEP, SLOPE_TOLERANCE = 1e-5, 1e-9


def test_sigmoid_of_known_values(student, check):
    """sigmoid is 1/2 at 0, 3/4 at ln 3 and 1/4 at -ln 3."""
    Z = np.array([[0.0, np.log(3), -np.log(3)]])
    check.same(student.sigmoid(Z), np.array([[0.5, 0.75, 0.25]]))


def test_sigmoid_turns_odds_into_probabilities(student, rng, check):
    """Z is the logarithm of the odds: odds of e^Z to 1 are a probability of e^Z / (e^Z + 1)."""
    Z = rng.uniform(-6, 6, size=(3, 5))
    odds = np.exp(Z)
    check.same(student.sigmoid(Z), odds / (odds + 1))


def test_sigmoid_rises_and_is_symmetric(student, rng, check):
    """sigmoid rises everywhere, and sigmoid(-Z) is 1 - sigmoid(Z)."""
    Z = rng.permutation(np.linspace(-6, 6, 20))[None] + rng.uniform(0, 0.5)
    A = check.array(student.sigmoid(Z), shape=Z.shape)
    check.true(np.all(np.diff(A[0, np.argsort(Z[0])]) > 0), "sigmoid(Z) must rise with Z")
    check.same(student.sigmoid(-Z), 1 - A)


def test_sigmoid_is_calm_at_large_values(student, rng, check):
    """Far out, up to 1e4 either way, sigmoid is 0 or 1, with no NaN and no overflow warning."""
    sign = rng.permutation([1, -1] * 4).reshape(2, 4)
    Z = sign * rng.uniform(750, 1e4, size=(2, 4))
    check.same(student.sigmoid(Z), np.where(sign > 0, 1.0, 0.0), atol=1e-8)  # so Z may be clipped at 20
    check.no_warnings(student)


def test_sigmoid_derivative_of_known_values(student, check):
    """The slope of sigmoid is 1/4 at 0, and 3/16 at ln 3 and -ln 3: Z is the pre-activation, not sigmoid(Z)."""
    Z = np.array([[0.0, np.log(3), -np.log(3)]])
    check.same(student.sigmoid_derivative(Z), np.array([[0.25, 0.1875, 0.1875]]))


def test_sigmoid_derivative_is_the_slope_of_the_curve(student, rng, check):
    """A small step to either side of Z changes sigmoid by the derivative times the step."""
    Z = rng.uniform(-6, 6, size=(3, 5))
    above, below = 1 / (1 + np.exp(-(Z + STEP))), 1 / (1 + np.exp(-(Z - STEP)))
    check.same(student.sigmoid_derivative(Z), (above - below) / (2 * STEP), atol=SLOPE_TOLERANCE)


def test_sigmoid_derivative_falls_on_both_sides_of_zero(student, rng, check):
    """sigmoid is steepest at 0, where its slope is 1/4, and flattens alike on both sides: deep networks of it stall."""
    Z = rng.permutation(np.linspace(0, 6, 12))[None] + rng.uniform(0, 0.5)
    D = check.array(student.sigmoid_derivative(Z), shape=Z.shape)
    check.at_most(np.max(D), 0.25 + 1e-12, "the largest slope of sigmoid")
    check.true(np.all(np.diff(D[0, np.argsort(Z[0])]) < 0), "sigmoid_derivative(Z) must fall as Z moves away from 0")
    check.same(student.sigmoid_derivative(-Z), D)


def test_relu_of_known_values(student, check):
    """relu keeps 1.5, and makes -2 and 0 into 0."""
    check.same(student.relu(np.array([[-2.0, 0.0, 1.5]])), np.array([[0.0, 0.0, 1.5]]))


def test_relu_leaves_its_argument_alone(student, check):
    """relu returns a new array: backpropagation still needs Z as it was."""
    student.relu(np.array([[-2.0, 0.0, 1.5]]))
    check.unchanged(student)


def test_relu_keeps_positive_entries_and_zeroes_the_rest(student, rng, check):
    """Entries above 0 come back as they were, however large; all others become exactly 0."""
    Z = rng.normal(scale=10, size=(4, 6))
    A = check.array(student.relu(Z), shape=Z.shape)
    check.same(A[Z > 0], Z[Z > 0])
    check.same(A[Z <= 0], np.zeros(np.sum(Z <= 0)), atol=0)


def test_relu_parts_add_up_to_the_absolute_value(student, rng, check):
    """relu(Z) is the positive part and relu(-Z) the negative: their sum is |Z|, their difference Z."""
    Z = rng.normal(size=(3, 5))
    positive = check.array(student.relu(Z), shape=Z.shape)
    negative = check.array(student.relu(-Z), shape=Z.shape)
    check.same(1.0 * positive + negative, np.abs(Z))
    check.same(1.0 * positive - negative, Z)


def test_relu_derivative_of_known_values(student, check):
    """The slope of relu is 0 at -2, 1 at 1.5, and by convention 0 at 0, where the curve has its kink."""
    check.same(student.relu_derivative(np.array([[-2.0, 0.0, 1.5]])), np.array([[0, 0, 1]]))


def test_relu_derivative_is_the_slope_of_the_curve(student, rng, check):
    """A small step to either side of Z changes relu by the derivative times the step."""
    sign = rng.permutation([1, -1] * 12).reshape(3, 8)
    Z = sign * rng.uniform(0.01, 3, size=(3, 8))  # no kink within a step
    slope = (np.maximum(Z + STEP, 0) - np.maximum(Z - STEP, 0)) / (2 * STEP)
    check.same(student.relu_derivative(Z), slope, atol=SLOPE_TOLERANCE)


def test_relu_derivative_asks_for_the_sign_alone(student, rng, check):
    """1 where Z is above 0, however little or much; 0 elsewhere."""
    Z = rng.choice([-1, 0, 1], size=(4, 6)) * 10.0 ** rng.uniform(-15, 3, size=(4, 6))
    Z[0, :3] = -2.0, 0.0, 2.0
    check.same(student.relu_derivative(Z), np.where(Z > 0, 1, 0))


def test_tanh_of_known_values(student, check):
    """tanh is 0 at 0, 3/5 at ln 2 and -3/5 at -ln 2."""
    Z = np.array([[0.0, np.log(2), -np.log(2)]])
    check.same(student.tanh(Z), np.array([[0.0, 0.6, -0.6]]))


def test_tanh_is_sinh_over_cosh(student, rng, check):
    """tanh is (e^Z - e^-Z) / (e^Z + e^-Z): exponentials of Z itself, not of half of it."""
    Z = rng.uniform(-4, 4, size=(3, 5))
    check.same(student.tanh(Z), np.sinh(Z) / np.cosh(Z))


def test_tanh_rises_within_bounds_and_is_odd(student, rng, check):
    """tanh rises everywhere, stays between -1 and 1, and tanh(-Z) is -tanh(Z)."""
    Z = rng.permutation(np.linspace(-4, 4, 20))[None] + rng.uniform(0, 0.5)
    A = 1.0 * check.array(student.tanh(Z), shape=Z.shape)
    check.true(np.all(np.diff(A[0, np.argsort(Z[0])]) > 0), "tanh(Z) must rise with Z")
    check.true(np.all(np.abs(A) < 1), "tanh(Z) must lie between -1 and 1")
    check.same(student.tanh(-Z), -A)


def test_tanh_derivative_of_known_values(student, check):
    """The slope of tanh is 1 at 0, and 16/25 at ln 2 and -ln 2: Z is the pre-activation, not tanh(Z)."""
    Z = np.array([[0.0, np.log(2), -np.log(2)]])
    check.same(student.tanh_derivative(Z), np.array([[1.0, 0.64, 0.64]]))


def test_tanh_derivative_is_the_slope_of_the_curve(student, rng, check):
    """A small step to either side of Z changes tanh by the derivative times the step."""
    Z = rng.uniform(-4, 4, size=(3, 5))
    slope = (np.tanh(Z + STEP) - np.tanh(Z - STEP)) / (2 * STEP)
    check.same(student.tanh_derivative(Z), slope, atol=SLOPE_TOLERANCE)


def test_tanh_derivative_falls_on_both_sides_of_zero(student, rng, check):
    """tanh is steepest at 0, where its slope is 1, and falls off alike on both sides, but is never negative."""
    Z = rng.permutation(np.linspace(0, 4, 12))[None] + rng.uniform(0, 0.5)
    D = check.array(student.tanh_derivative(Z), shape=Z.shape)
    check.true(np.all((D > 0) & (D <= 1)), "tanh_derivative(Z) must lie between 0 and 1")
    check.true(np.all(np.diff(D[0, np.argsort(Z[0])]) < 0), "tanh_derivative(Z) must fall as Z moves away from 0")
    check.same(student.tanh_derivative(-Z), D)
