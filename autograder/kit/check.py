"""The `check` fixture: plain values that came from a student's code in, nothing or CheckFailed out. The same in the kit
and when marking. It calls student code only through the function that `raises` is given, and it looks at type, shape,
kind of numbers and finiteness before any value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.kit.calls import Handle
from autograder.kit.hints import about_shape, hint_about
from autograder.kit.messages import LABEL, compare_texts, describe_call, kind_text, value_text
from autograder.kit.student import Call, CallFailed, Instance, Student
from autograder.kit.stumbles import about_nothing

__tracebackhide__ = True  # pytest's own output begins where the student's code or the test is
Shape = tuple[int, ...]
ANOTHER = "an object of another type"


class CheckFailed(AssertionError):  # noqa: N818
    """What is wrong. `kind`: type, shape, dtype, finite, value, argument, result, printed, raises or warning.

    `summary` is a line for feedback on secret inputs: no value, no text that student code made. `called`, `returned`,
    `expected` (each may be "" or several lines) and `hint` are for the student's own screen; str() has them all.
    """

    def __init__(
        self, kind: str, summary: str, *, called: str = "", label: str = "", returned: str = "", expected: str = "",
        hint: str = "",
    ):  # fmt: skip
        self.kind, self.summary, self.hint = kind, summary, hint
        self.called, self.label, self.returned, self.expected = called, label or "returned", returned, expected
        super().__init__("\n".join([*self.lines(), hint]).strip())

    def lines(self) -> list[str]:
        """called, returned, expected under each other, or the summary where there is nothing to set side by side."""
        facts = [("called", self.called), (self.label, self.returned), ("expected", self.expected)]
        lines = [
            (label if i == 0 else "").ljust(LABEL) + line
            for label, text in facts
            for i, line in enumerate(text.splitlines())
        ]
        return lines if self.returned else [*lines, self.summary]


class Check:
    """Checks of one test. With `student`, messages say which call the value came from."""

    def __init__(self, student: Student | None = None):
        self._student = student

    def array(self, value: Any, shape: Shape | None = None, *, name: str = "") -> NDArray[Any]:
        """A NumPy array of finite real numbers or truth values, of that shape if one is given; it is returned as it is.
        No tolerance. Where the shape is (), a number does as well, since a NumPy scalar is what sums return."""
        expected = f"array of shape {shape}" if shape is not None else "array"
        is_number = isinstance(value, (int, float, np.number, np.bool_))
        if not isinstance(value, np.ndarray) and not (is_number and shape in ((), None)):
            raise self._failed("type", value, kind_text(value), expected, name)
        array = _as_array(value)
        if shape is not None and array.shape != tuple(shape):
            hint = about_shape(array.shape, tuple(shape))
            raise self._failed("shape", value, f"array of shape {array.shape}", expected, name, hint)
        self._require_finite_numbers(value, array, name)
        return array

    def number(self, value: Any) -> float:
        """A finite number: Python's, a NumPy scalar or a 0-d array, since all of them are what means and sums return.
        No tolerance; a truth value is none."""
        array = _as_array(value) if isinstance(value, (int, float, np.number, np.ndarray)) else None
        if array is None or array.dtype.kind == "b":
            raise self._failed("type", value, kind_text(value), "a number")
        if array.shape != ():
            raise self._failed("shape", value, kind_text(value), "a number")
        self._require_finite_numbers(value, array, "")
        return float(array)

    def items(self, value: Any, count: int | None = None) -> list[Any]:
        """The entries of a tuple or list, which are alike here; exactly `count` of them if that is given."""
        if not isinstance(value, (tuple, list)):
            expected = "a tuple" if count is None else f"a tuple of {count} entries"
            raise self._failed("type", value, kind_text(value), expected)
        if count is not None and len(value) != count:
            raise self._failed("shape", value, kind_text(value), f"{count} {'entry' if count == 1 else 'entries'}")
        return list(value)

    def pairs(self, value: Any, shapes: Sequence[tuple[Shape, Shape]]) -> list[tuple[NDArray[Any], NDArray[Any]]]:
        """One pair of arrays per entry of `shapes`, such as [((3, 2), (3, 1)), ((1, 3), (1, 1))]; tuples or lists."""
        found = []
        for i, (pair, (first, second)) in enumerate(zip(self.items(value, len(shapes)), shapes, strict=True)):
            one, other = self.items(pair, 2)
            found.append((self.array(one, first, name=f"[{i}][0]"), self.array(other, second, name=f"[{i}][1]")))
        return found

    def instance(self, value: Any, class_name: str) -> Any:
        """An object of a class that is an exercise, so that its methods can be called."""
        if not isinstance(value, Instance) or value._class_name != class_name:
            raise self._failed("type", value, kind_text(value), f"an object of type {class_name}")
        return value

    def same(self, got: Any, want: Any, *, rtol: float = 1e-9, atol: float | None = None) -> None:
        """Numbers, arrays, or tuples, lists and dictionaries of them are equal to rounding.

        |got - want| <= atol + rtol * |want| for every entry. rtol 1e-9 leaves room for a million roundings (each 1e-16)
        in another order, and for no formula that differs; atol, by default 1e-12 of the largest |want| (of 1 at least),
        is for entries in which large numbers cancel.
        """
        self._same(got, want, rtol, atol, "")

    def _same(self, got: Any, want: Any, rtol: float, atol: float | None, name: str) -> None:
        if isinstance(want, (tuple, list)):
            if not isinstance(got, (tuple, list)):
                raise self._failed("type", got, kind_text(got), kind_text(want), name)
            if len(got) != len(want):
                raise self._failed("shape", got, kind_text(got), kind_text(want), name)
            for i, (one, other) in enumerate(zip(got, want, strict=True)):
                self._same(one, other, rtol, atol, f"{name}[{i}]")
        elif isinstance(want, dict):
            if not isinstance(got, dict):
                raise self._failed("type", got, kind_text(got), kind_text(want), name)
            if list(got) != list(want) and set(got) != set(want):
                raise self._failed("value", got, _keys(got), _keys(want), name, summary="other keys than expected")
            for i, (key, other) in enumerate(want.items()):
                self._same(got[key], other, rtol, atol, f"{name}[entry {i + 1}]")  # keys may be secret
        elif isinstance(want, (str, bytes, type(None), Instance)):
            if type(got) is not type(want) or got != want:
                raise self._failed("value", got, value_text(got), value_text(want), name, summary="a wrong value")
        else:
            self._same_numbers(got, want, rtol, atol, name)

    def _same_numbers(self, got: Any, want: Any, rtol: float, atol: float | None, name: str) -> None:
        right = _as_array(want)
        if not isinstance(got, (int, float, complex, np.number, np.bool_, np.ndarray)):
            raise self._failed("type", got, kind_text(got), kind_text(want), name)
        array = _as_array(got)
        if array.dtype.kind in "biuf" and right.dtype.kind in "biuf":
            array, right = array.astype(float), right.astype(float)
        if array.shape != right.shape:
            hint = hint_about(array, right) if array.dtype == right.dtype == float else ""
            raise self._failed("shape", got, kind_text(got), kind_text(want), name, hint)
        if array.dtype.kind != right.dtype.kind:
            raise self._failed("dtype", got, kind_text(got), kind_text(want), name)
        self._require_finite_numbers(got, array, name)
        if atol is None:
            atol = 1e-12 * max(1.0, float(np.max(np.abs(right), initial=0.0)))
        with np.errstate(all="ignore"):  # the largest numbers overflow here, and are unequal then
            wrong = ~(np.abs(array - right) <= atol + rtol * np.abs(right))
        if np.any(wrong):
            returned, expected = compare_texts(array, right, wrong)
            summary = "a wrong value" if wrong.ndim == 0 else "right shape, wrong values"
            with np.errstate(all="ignore"):
                hint = hint_about(array, right)
            raise self._failed("value", got, returned, expected, name, hint, summary)

    def at_most(self, value: Any, bound: float, what: str) -> None:
        """`value` is a finite number and not above `bound`. No tolerance: the bound has it. `what` names the value."""
        self._one_sided(value, bound, what, "at most", lambda number: number <= bound)

    def at_least(self, value: Any, bound: float, what: str) -> None:
        """`value` is a finite number and not below `bound`. No tolerance: the bound has it. `what` names the value."""
        self._one_sided(value, bound, what, "at least", lambda number: number >= bound)

    def _one_sided(self, value: Any, bound: float, what: str, words: str, holds: Callable[[float], bool]) -> None:
        number = self.number(value)
        if not holds(number):
            returned, expected = f"{number:.6g}", f"{words} {bound:.6g}"
            if returned == f"{bound:.6g}":
                returned, expected = f"{number!r}", f"{words} {bound!r}"
            summary = f"{what}: too {'large' if words == 'at most' else 'small'}"
            raise self._failed("value", value, f"{what}: {returned}", expected, summary=summary)

    def true(self, condition: Any, message: str) -> None:
        """`condition` holds. `message` says what should be true, without values: it is shown as it stands."""
        if not condition:
            raise CheckFailed("value", f"not so: {message}", called=self._called(self._last_call()))

    def raises(self, error_type: type[BaseException], function: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """The call fails with that type of error or a subclass of it."""
        expected = error_type.__name__
        try:
            value = function(*args, **kwargs)
        except CallFailed as failure:
            if failure.error.kind != "raised":
                raise
            if expected in failure.error.type_names:
                return
            returned = f"{failure.error.type_names[0]}: {failure.error.message}"[:200]
            raise self._failed(
                "raises", None, returned, expected, label="raised", summary=f"{failure.summary}, expected {expected}"
            ) from None
        raise self._failed("raises", value, kind_text(value), expected)

    def unchanged(self, student: Student) -> None:
        """No call so far changed an argument, but by rounding (4 units in the last place), as moving a number there and
        back does."""
        for call in student.calls:
            if call.notes.changed_arguments:
                summary = f"{call.exercise.name} changed an argument. Work on a copy."
                changed = ", ".join(call.notes.changed_arguments)
                raise CheckFailed("argument", summary, called=self._called(call), hint=f"Changed: {changed}.")

    def own_results(self, student: Student) -> None:
        """No call changed what an earlier call of that function had returned."""
        for call in student.calls:
            if call.notes.changed_results:
                summary = f"This call of {call.exercise.name} changed what an earlier one had returned."
                raise CheckFailed("result", summary, called=self._called(call))

    def silent(self, student: Student) -> None:
        """Nothing was printed."""
        for call in student.calls:
            if call.notes.printed:
                raise CheckFailed(
                    "printed",
                    f"{call.exercise.name} printed something here, where nothing is to be printed.",
                    called=self._called(call),
                )

    def no_warnings(self, student: Student) -> None:
        """NumPy gave no RuntimeWarning, such as that of an overflow."""
        for call in student.calls:
            for warning in call.notes.warned:
                name, _, text = warning.partition(": ")
                if name == "RuntimeWarning":
                    summary = f"{call.exercise.name} caused a warning of NumPy's."
                    raise CheckFailed("warning", summary, called=self._called(call), hint=f"NumPy says: {text}.")

    def _require_finite_numbers(self, value: Any, array: NDArray[Any], name: str) -> None:
        if array.dtype.kind not in "biuf":
            raise self._failed("dtype", value, kind_text(value), "real numbers", name)
        wrong = ~np.isfinite(array)
        if np.any(wrong):
            first = tuple(int(i) for i in np.argwhere(wrong)[0])
            where = f" at {list(first)}" if first else ""
            returned, summary = f"{array[first]}{where}", "returned NaN or infinity"
            raise self._failed("finite", value, returned, "finite numbers", name, summary=summary)

    def _failed(
        self, kind: str, value: Any, returned: str, expected: str, name: str = "", hint: str = "", summary: str = "",
        label: str = "",
    ) -> CheckFailed:  # fmt: skip
        """The failure of a value. Without `summary`, `returned` and `expected` make it, and hold no value."""
        source = self._source(value)
        call = source or self._last_call()
        if value is None and kind == "type":
            hint = about_nothing(bool(call and call.notes.printed))
        summary = summary or f"returned {_told(value, returned, expected, call)}, expected {expected}"
        path = _path(source.value, value) if source and self._student else None
        if path and source and self._student and (not name or name.startswith("[")):
            name = self._student.parts(source.exercise).place(path)
        place = f"{name}: " if name else ""
        indent = " " * len(place)
        return CheckFailed(
            kind,
            place + summary,
            called=self._called(call),
            label=label or ("returned" if source else "got"),  # got: what the test made of a result
            returned=place + returned.replace("\n", "\n" + indent),
            expected=indent + expected.replace("\n", "\n" + indent),
            hint=hint,
        )

    def _source(self, value: Any) -> Call | None:
        """The call that a value, or an entry of it, came out of."""
        calls = self._student.calls if self._student else []
        return next(
            (call for call in reversed(calls) if value is not None and _path(call.value, value) is not None), None
        )

    def _last_call(self) -> Call | None:
        return self._student.last_call if self._student else None

    def _called(self, call: Call | None) -> str:
        return describe_call(call) if call else ""


def _told(value: Any, returned: str, expected: str, call: Call | None) -> str:
    """What came back, without sizes that neither the call nor the expectation has: they could spell out the inputs."""
    if isinstance(value, Handle):
        return ANOTHER
    usual = {*range(6), *map(int, re.findall(r"\d+", expected)), *(_sizes((call.args, call.kwargs)) if call else ())}
    sizes = [int(number) for number in re.findall(r"\d+", returned)]
    if len(sizes) <= 4 and usual.issuperset(sizes):
        return returned
    return re.sub(r"shape \(.*\)", "another shape", re.sub(r"of \d+ entr.*", "of another length", returned))


def _sizes(value: Any) -> Iterator[int]:
    """Of all arrays and lists in a value."""
    if isinstance(value, np.ndarray):
        yield from value.shape
    elif isinstance(value, (list, tuple, dict)):
        yield len(value)
        for item in value.values() if isinstance(value, dict) else value:
            yield from _sizes(item)


def _as_array(value: Any) -> NDArray[Any]:
    """A number or array as an array; integers that no array holds become floats, infinite ones at worst."""
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return np.asarray(float(value) if abs(value) >= 2**63 else value)
        except OverflowError:
            return np.asarray(np.inf)
    return np.asarray(value)


def _keys(value: dict[Any, Any]) -> str:
    text = ", ".join(value_text(key) for key in value)
    return f"a dict with the keys {text[:60]}" if text else "an empty dict"


def _path(whole: Any, part: Any) -> tuple[int, ...] | None:
    """The keys that lead to a part of a value."""
    if whole is part:
        return ()
    if isinstance(whole, (tuple, list)) and len(whole) <= 100:
        for i, item in enumerate(whole):
            if (path := _path(item, part)) is not None:
                return (i, *path)
    return None
