"""Calls and values in words, within 80 columns: what `check` puts into its messages. Values are plain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.kit.calls import Handle
from autograder.kit.student import Call, Instance

WIDTH = 80
LABEL = 10  # columns of "returned  "


def describe_call(call: Call, width: int = WIDTH - LABEL) -> str:
    """linear_forward(A_prev (2, 5), W (3, 2), b (3, 1)); lines after the first are indented."""
    names = [*call.parameters[: len(call.args)], *[""] * (len(call.args) - len(call.parameters))]
    parts = [_argument(name, value) for name, value in zip(names, call.args, strict=True)]
    parts += [_argument(name, value) for name, value in call.kwargs.items()]
    return _wrapped(f"{call.exercise.name}(", parts, width)


def _wrapped(head: str, parts: Sequence[str], width: int) -> str:
    lines, indent = [head], " " * 4
    for i, part in enumerate(parts):
        piece = part + (", " if i + 1 < len(parts) else "")
        if len(lines[-1]) + len(piece.rstrip()) >= width and lines[-1].strip() and lines[-1] != head:
            lines.append(indent)
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines) + ")"


def _argument(name: str, value: Any) -> str:
    text = shape_text(value)
    return f"{name} {text}" if isinstance(value, np.ndarray) and name else f"{name}={text}" if name else text


def shape_text(value: Any) -> str:
    """A value by its shapes; small plain ones as they are."""
    if isinstance(value, np.ndarray):
        return str(value.shape)
    if isinstance(value, (list, tuple)) and any(isinstance(item, (np.ndarray, list, tuple)) for item in value):
        inner = [shape_text(item) for item in value[:3]] + ["..."] * (len(value) > 3)
        text = ", ".join(inner)
        return f"[{text}]" if isinstance(value, list) else f"({text})"
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.4g}"
    if isinstance(value, np.generic):
        return str(value.item())
    text = repr(value)
    return text if len(text) <= 40 else kind_text(value)


def kind_text(value: Any) -> str:
    """What kind of thing a value is, its numbers left out: "array of shape (3, 5)"."""
    if isinstance(value, np.ndarray):
        what = {"b": "booleans ", "c": "complex numbers ", "U": "text ", "S": "bytes "}.get(value.dtype.kind, "")
        return f"array of {what}{'in ' if what else ''}shape {value.shape}"
    if value is None:
        return "None"
    if isinstance(value, (bool, np.bool_)):
        return "a truth value"
    if isinstance(value, (int, float, np.integer, np.floating)):
        return "a number"
    if isinstance(value, (complex, np.complexfloating)):
        return "a complex number"
    if isinstance(value, (list, tuple, dict)):
        count = len(value)
        return f"a {type(value).__name__} of {count} {'entry' if count == 1 else 'entries'}"
    if isinstance(value, Handle):
        return "an array of objects" if value.type_name == "ndarray" else f"an object of type {value.type_name}"
    if isinstance(value, Instance):
        return f"an object of type {value._class_name}"
    return f"a {type(value).__name__}"


def value_text(value: Any) -> str:
    """A number to the digits that matter, anything else by its kind."""
    if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
        return f"{value:.6g}"
    return kind_text(value) if not isinstance(value, (str, bool)) else repr(value)[:60]


def compare_texts(got: NDArray[Any], want: NDArray[Any], wrong: NDArray[np.bool_]) -> tuple[str, str]:
    """Two arrays of one shape, whole and aligned where they are small, else their first entry that differs."""
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    if got.ndim == 0:
        return _pair(got[()], want[()])
    place = _place(first)
    columns = got.shape[-1]
    if got.ndim <= 2 and got.size // columns <= 4:
        left, right = _block(got, want, wrong)
        if max(map(len, left + right)) <= WIDTH - LABEL:
            if len(left) == 1:
                row = right[0]
                width = (len(row) - 2 * got.ndim + 1) // columns  # of an entry and the space after it
                start = got.ndim + width * first[-1]
                start += len(row[start:]) - len(row[start:].lstrip())
                right.append(f"{' ' * start}^ first difference: {place}")
            else:
                right.append(f"first difference: {place}")
            return "\n".join(left), "\n".join(right)
    count = int(wrong.sum())
    one, other = _pair(got[first], want[first])
    return (
        f"{one} at {place}",
        f"{other} there; {count} of {got.size} entries differ",
    )


def _place(index: tuple[int, ...]) -> str:
    if len(index) == 2:
        return f"row {index[0]}, column {index[1]}"
    return f"entry {index[0] if len(index) == 1 else list(index)}"


def _pair(got: Any, want: Any) -> tuple[str, str]:
    """Two numbers with as many digits as it takes to tell them apart."""
    for digits in (4, 6, 10):
        one, other = f"{got:.{digits}g}", f"{want:.{digits}g}"
        if one != other:
            return one, other
    return f"{got:.17g}", f"{want:.17g}"


def _block(got: NDArray[Any], want: NDArray[Any], wrong: NDArray[np.bool_]) -> tuple[list[str], list[str]]:
    """The rows of two small arrays in columns of one width."""
    pairs = [_pair(a, b) if w else (f"{a:.4g}",) * 2 for a, b, w in zip(got.flat, want.flat, wrong.flat, strict=True)]
    negative = any(text.startswith("-") for pair in pairs for text in pair)
    padded = [[" " * (negative and not text.startswith("-")) + text for text in pair] for pair in pairs]
    width = max(len(text) for pair in padded for text in pair)
    return _rows([p[0] for p in padded], got, width), _rows([p[1] for p in padded], got, width)


def _rows(texts: list[str], array: NDArray[Any], width: int) -> list[str]:
    columns, opening = array.shape[-1], "[" * array.ndim
    rows = [" ".join(text.ljust(width) for text in texts[i : i + columns]) for i in range(0, len(texts), columns)]
    lines = [(opening if i == 0 else " " * (array.ndim - 1) + "[") + row + "]" for i, row in enumerate(rows)]
    lines[-1] += "]" * (array.ndim - 1)
    return lines
