"""How a student's values relate to another answer's on all calls: the same, turned in sign, transposed, or a number
times too large, for each part of the result on its own. Called by `naming`."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis.evidence import Answered, Event, same_notes, same_numbers
from autograder.kit.parts import Parts

Factor = tuple[str, ...]  # what a ratio is: ("number", "2"), ("size", "Y", "1") or ("argument", "beta")


@dataclass
class _Part:
    """What still holds of one part, after all calls so far."""

    same: bool = True
    transposed: bool = True
    factors: set[Factor] | None = None  # None: all was 0 so far, so any
    numbers: int = 0  # that the factors were seen on

    @property
    def is_related(self) -> bool:
        return self.same or self.transposed or self.factors != set()


class Relations:
    """Of two answers' values. `parts` gives the name of the part of a result that a path leads to."""

    def __init__(self, parts: Parts, parameters: Sequence[str], rtol: float):
        """`rtol`: by how much numbers that are the same may differ, relatively."""
        self._parts, self._parameters, self._rtol = parts, parameters, rtol
        self.seen: frozenset[str] = frozenset()
        self._states: dict[str, _Part] = {}

    def take(self, answered: Answered) -> bool:
        """Another call's values; whether any part of the result still has a relation."""
        ours, theirs = answered.event.outcome, answered.other
        if ours.error or theirs.error:
            both = ours.error and theirs.error and ours.error.type_names[:1] == theirs.error.type_names[:1]
            return bool(both)
        if not same_notes(ours.notes, theirs.notes):
            return False
        ends, other_ends = dict(_leaves(ours.value)), dict(_leaves(theirs.value))
        if set(ends) != set(other_ends):
            return False
        for path, got in ends.items():
            self._take(
                self._parts.of(path) if answered.event.exercise else answered.event.name,
                got,
                other_ends[path],
                answered.event,
            )
        self.seen = frozenset(self._states)
        return any(state.is_related for state in self._states.values())

    def _take(self, part: str, got: Any, want: Any, event: Event) -> None:
        state = self._states.setdefault(part, _Part())
        if not _are_numbers(got, want):
            if type(got) is not type(want) or got != want:
                self._states[part] = _Part(same=False, transposed=False, factors=set())
            return
        got, want = np.asarray(got), np.asarray(want)
        state.same = state.same and same_numbers(got, want, self._rtol)
        state.transposed = state.transposed and got.ndim == 2 and same_numbers(got.T, want, self._rtol)
        if state.factors == set():
            return
        if got.shape != want.shape or got.dtype.kind not in "iuf" or want.dtype.kind not in "iuf":
            state.factors = set()
        elif np.any(got) or np.any(want):
            factors = set(_factors(got.astype(float), want.astype(float), event, self._parameters, self._rtol))
            state.factors = factors if state.factors is None else state.factors & factors
            state.numbers += want.size

    @property
    def same(self) -> frozenset[str]:
        return frozenset(part for part, state in self._states.items() if state.same)

    @property
    def by_a_number(self) -> bool:
        """Whether a part is right but for a number that is the same on all inputs, other than its sign."""
        return any(
            what == "factor" and any(f[0] == "number" for f in factors)
            for what, factors in (self.told() or {}).values()
        )

    def told(self) -> Mapping[str, tuple[str, frozenset[Factor]]] | None:
        """The relation of each part that isn't the same; None where one has none, or all are the same."""
        found: dict[str, tuple[str, frozenset[Factor]]] = {}
        for part, state in self._states.items():
            if state.same:
                continue
            if state.factors and state.numbers > 3:
                sign = ("number", "-1") in state.factors
                found[part] = ("sign", frozenset()) if sign else ("factor", frozenset(state.factors))
            elif state.transposed:
                found[part] = ("transpose", frozenset())
            else:
                return None
        return found or None


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, (tuple, list, dict)):
        yield (*path, "length"), len(value)
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(item, (*path, key))
    else:
        yield path, value


def _are_numbers(*values: Any) -> bool:
    return all(isinstance(v, (int, float, np.number, np.ndarray)) and not isinstance(v, bool) for v in values)


def _factors(
    got: NDArray[Any], want: NDArray[Any], event: Event, parameters: Sequence[str], rtol: float
) -> Iterator[Factor]:
    """What `got` is the multiple of `want` by: a number, and each size and argument that is that number."""
    there = want != 0
    if not np.any(there) or np.any(got[~there]) or not np.all(np.isfinite(got)):
        return
    ratio = float(got[there].flat[0] / want[there].flat[0])
    if not ratio or not math.isfinite(ratio) or not same_numbers(got, ratio * want, rtol):
        return
    yield "number", f"{ratio:.6g}"
    for name, value in [*zip(parameters, event.args, strict=False), *event.kwargs.items()]:
        sizes = enumerate(value.shape) if isinstance(value, np.ndarray) else ()
        numbers: dict[Factor, float] = {("size", name, str(axis)): float(size) for axis, size in sizes if size > 1}
        if isinstance(value, (float, np.floating)):
            numbers["argument", name] = float(value)
        for what, number in numbers.items():
            for power in (-2, -1, 1, 2):
                for sign in ("", "-"):
                    if number and math.isclose(ratio, float(f"{sign}1") * number**power, rel_tol=rtol):
                        yield (*what, str(power), sign)


def sentence_of(relations: Relations) -> tuple[str, str] | None:
    """The family, and a sentence that says which part is wrong, and how."""
    told = relations.told()
    if told is None or len(set(told.values())) > 1:
        return None
    (family, factors), *_ = told.values()
    names = [part for part in told if part]
    whole = len(told) == len(relations.seen) or not names
    what = "What comes back" if whole else " and ".join(names)
    verb = "is" if whole or len(names) == 1 else "are"
    rest = "" if whole else " All else is right."
    if family == "sign":
        return (
            family,
            f"{what} {verb} right but for the sign: which way round is the difference, or where is a minus lost?{rest}",
        )
    if family == "transpose":
        return family, f"{what} {verb} the transpose of what is asked for: which factor comes first?{rest}"
    return family, f"{what} {verb} {_times(factors)}{rest}"


def _times(factors: frozenset[Factor]) -> str:
    sizes = sorted(factor for factor in factors if factor[0] != "number")
    number = next((float(factor[1]) for factor in factors if factor[0] == "number"), None)
    if number is not None:
        return f"{number:.4g} times what is asked for, on every input: look for a factor too many or too few."
    kind, name, *axis = sizes[0]
    power, sign = int(sizes[0][-2]), sizes[0][-1]
    this = f"the number of {'columns' if axis[0] == '1' else 'rows'} of {name}" if kind == "size" else name
    too = "large" if power > 0 else "small"
    often = "twice: " if abs(power) == 2 else ""
    turned = " and has the wrong sign" if sign else ""
    which = "divided by it too often, or not multiplied" if power < 0 else "multiplied by it too often, or not divided"
    return f"too {too} by {often}{this}{turned}. Is it {which}?"
