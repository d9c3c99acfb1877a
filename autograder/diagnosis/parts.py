"""What the parts of a result are called. Made by `bank`, used by `relations`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parts:
    """`names`: of a tuple's entries. `pair`: of the two in each pair of a list."""

    names: Sequence[str]
    pair: Sequence[str]

    def of(self, path: tuple[Any, ...]) -> str:
        """The part that the keys in `path` lead to; "" where it has no name."""
        if self.names and path and path[0] in range(len(self.names)):
            return str(self.names[path[0]])
        if self.pair and len(path) > 1 and path[-1] in range(len(self.pair)):
            return str(self.pair[path[-1]])
        return ""
