"""What the parts of a result are called, by the docstring's sentence that begins with Returns. Used by `check`, and by
the diagnosis when marking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

NAME = r"[A-Za-z_]\w+|[A-Z]|b|y"  # a name of several letters, or a matrix, or the bias; not the m of a shape


@dataclass(frozen=True)
class Parts:
    """`names`: of a tuple's entries. `pair`: of the two in each pair of a list; `each`: what a pair stands for."""

    names: Sequence[str] = ()
    pair: Sequence[str] = ()
    each: str = "pair"

    def of(self, path: tuple[Any, ...]) -> str:
        """The part that the keys in `path` lead to; "" where it has no name."""
        if self.names and path and path[0] in range(len(self.names)):
            return str(self.names[path[0]])
        if self.pair and len(path) > 1 and path[-1] in range(len(self.pair)):
            return str(self.pair[path[-1]])
        return ""

    def place(self, path: tuple[int, ...]) -> str:
        """Where `path` leads to, for people: "dW of layer 1", "cache, Z of layer 2", "velocity[0][1]"."""
        inside = bool(self.names) and bool(path) and path[0] < len(self.names)
        head, rest = (self.names[path[0]], path[1:]) if inside else ("", path)
        if len(rest) == 2 and len(self.pair) > rest[1]:
            return ", ".join(filter(None, (head, f"{self.pair[rest[1]]} of {self.each} {rest[0] + 1}")))
        return head + "".join(f"[{key}]" for key in rest)


def parts_of(docstring: str) -> Parts:
    text = " ".join(docstring.split()).partition("Returns ")[2]
    names = re.match(rf"\(((?:{NAME})(?:, (?:{NAME}))+)\)", text)
    pair = re.search(rf"one \(({NAME}), ({NAME})\) per (\w+)", text) or re.match(
        rf"an? [\w ]*list of (?:\w+ )?\(({NAME}), ({NAME})\)()", text
    )
    return Parts(names[1].split(", ") if names else (), pair.groups()[:2] if pair else (), (pair and pair[3]) or "pair")
