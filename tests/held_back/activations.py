"""Held-back mistakes in the activations."""

import numpy as np
from held_back.registry import held_back


@held_back(
    "activations.sigmoid_derivative",
    right={"term"},
    source="https://community.deeplearning.ai/t/week-2-exercise-4-optional-assignment-sigmoid-derivative/32339",
)
def slope_of_a_sigmoid_without_its_one(Z):
    """The sigmoid is computed anew as 1 / e^-Z, without the 1 in the denominator."""
    s = 1 / np.exp(-Z)
    ds = s * (1 - s)
    return ds


@held_back(
    "activations.sigmoid_derivative",
    right={"sigmoid_slope_negative", "sign"},
    source="https://extraproxies.com/missing-sign-in-derivative-of-sigmoid-function/",
)
def slope_by_the_quotient_rule(Z):
    """The inner derivative of e^-Z, -1, is forgotten, so the slope by the quotient rule is negative."""
    e = np.exp(-np.abs(Z))  # symmetric, so |Z| is fine
    return -e / (1 + e) ** 2


@held_back("activations.relu", right=set(), source="https://github.com/ahmedfgad/NumPyCNN/issues/4")
def relu_by_np_max_of_each_entry(Z):
    """np.max(z, 0) of a single entry takes 0 for the axis, so every entry comes back as it was."""
    out = np.zeros(Z.shape)
    flat, entries = out.reshape(-1), Z.reshape(-1)
    for i in range(entries.size):
        flat[i] = np.max(entries[i : i + 1], 0)
    return out


@held_back(
    "activations.sigmoid",
    right={"sigmoid_as_a_quotient", "sigmoid_overflows", "sigmoid_overflows_in_the_other_branch"},
    source="https://github.com/hail-is/hail/pull/10606",
)
def sigmoid_with_its_branches_swapped(Z):
    """The two safe forms are chosen the wrong way round, so that each one is used exactly where it overflows."""
    Z = np.asarray(Z, dtype=float)
    A = np.empty_like(Z)
    positive = Z >= 0
    A[positive] = np.exp(Z[positive]) / (1 + np.exp(Z[positive]))
    A[~positive] = 1 / (1 + np.exp(-Z[~positive]))
    return A


@held_back(
    "activations.relu_derivative",
    right={"activation"},
    source="https://github.com/scikit-learn/scikit-learn/issues/14244",
)
def slope_for_the_activation_of_relu(Z):
    """Only entries of exactly 0 get a slope of 0: that is right for relu's output, but Z comes in."""
    slope = np.ones(Z.shape)
    slope[Z == 0] = 0
    return slope


@held_back(
    "activations.sigmoid",
    right=set(),
    source="https://extraproxies.com/missing-sign-in-derivative-of-sigmoid-function/",
)
def sigmoid_with_a_misplaced_parenthesis(Z):
    """The power is taken of 1 + e, not of e: a parenthesis closes too early."""
    return 1 / (1 + np.e) ** (-Z)


@held_back(
    "activations.sigmoid_derivative",
    right={"sigmoid_slope_takes_z_for_the_activation", "activation"},
    source="https://ai.stackexchange.com/questions/16675/calculation-of-neural-network-biases-in-backpropagation",
)
def slope_by_a_flag(Z):
    """With deriv=True the argument is the activation, but Z is handed over."""

    def nonlin(x, deriv=False):
        if deriv:
            return x * (1 - x)
        return 1 / (1 + np.exp(-x))

    return nonlin(Z, deriv=True)


@held_back(
    "activations.tanh_derivative",
    right=set(),
    source="https://github.com/nicodjimenez/lstm/issues/41",
)
def slope_of_tanh_by_the_rule_of_tan(Z):
    """1 + f^2 is the rule for the tangent; the one for tanh has a minus."""
    values = np.tanh(Z)
    return 1.0 + values**2


@held_back("activations.tanh_derivative", right=set(), source="https://github.com/neowsl/rust-ml/issues/3")
def slope_of_arctan_without_parentheses(Z):
    """Two mistakes: it is the derivative of arctan, and without parentheses its 1 / 1 + Z^2 is 1 + Z^2."""
    return 1 / 1 + np.power(Z, 2)


@held_back("activations.tanh_derivative", right=set(), source="https://github.com/cazala/synaptic/pull/276")
def slope_of_tanh_with_exp_for_power(Z):
    """The exponential of tanh(Z) is taken where its square belongs."""
    t = np.tanh(Z)
    return 1 - np.exp(t)


@held_back(
    "activations.relu_derivative",
    right={"bound"},
    source="https://github.com/CodersHQ-AI-ML-Community/ai-confluence/pull/16",
)
def slope_of_relu_undefined_at_the_corner(Z):
    """At Z = 0 the slope is set to NaN, since there is none, instead of the agreed 0."""
    Z = np.asarray(Z, dtype=float)
    slope = np.where(Z > 0, 1.0, 0.0)
    return np.where(Z == 0, np.nan, slope)


@held_back("activations.sigmoid", right=set(), source="invented")
def sigmoid_into_an_array_like_z(Z):
    """The result is written into an array of Z's type, so for whole numbers all decimals are lost."""
    Z = np.asarray(Z)
    A = np.zeros_like(Z)
    pos = Z >= 0
    A[pos] = 1 / (1 + np.exp(-Z[pos]))
    e = np.exp(Z[~pos])
    A[~pos] = e / (1 + e)
    return A


@held_back("activations.relu", right=set(), source="invented")
def relu_with_an_if(Z):
    """An if asks whether the whole array is positive, which only a single number can be asked."""
    if Z > 0:
        return Z
    else:
        return 0.0
