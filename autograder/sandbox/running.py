"""One source, run in a namespace: a module at once, a notebook cell by cell. Called by `loading`."""

import __future__

import ast
import contextlib
import functools
import linecache
import re
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from importlib.util import decode_source
from typing import Any

from autograder.sandbox import cells
from autograder.sandbox.definitions import drop_stubs
from autograder.sandbox.parsing import tree
from autograder.sandbox.text import describe, one_line

FUTURES = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
DEFINED = re.compile(rb"^[ \t]*(?:def|class)[ \t]+(\w+)", re.MULTILINE)


class NotRunError(ImportError):
    """What isn't run, and why. Its message says it all."""


class Namespace:
    """The locals of a source that is run: `standing` says what is stored, the moment that a name is bound."""

    def __init__(self, space: dict[str, Any], standing: Callable[[str, Any], Any]):
        self.space, self.standing = space, standing

    def __getitem__(self, name: str) -> Any:
        return self.space[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.space[name] = self.standing(name, value)

    def __delitem__(self, name: str) -> None:
        del self.space[name]

    def keys(self) -> Collection[str]:
        return self.space.keys()


def run_module(path: str, source: bytes, space: dict[str, Any], scope: Any, names: Collection[str]) -> None:
    """`scope`: the locals, `space` itself or a Namespace over it. `names`: bare names of exercises."""
    code: bytes | ast.Module = source
    _remember(path, functools.partial(decode_source, source))
    if _twice(source, names):
        with contextlib.suppress(SyntaxError):  # compiling says it better
            drop_stubs([code := tree(source, path)], names)
    exec(compile(code, path, "exec", dont_inherit=True), space, scope)


def run_mended(path: str, stub: bytes, source: bytes, space: dict[str, Any], scope: Any) -> None:
    """In place of a module that fails: its stub, then those of its own statements that work."""
    exec(compile(stub, path, "exec", dont_inherit=True), space, scope)
    statements: list[ast.stmt] = []
    if path.endswith(".py"):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            statements = tree(source, path).body
    for statement in statements:
        with contextlib.suppress(BaseException):
            exec(compile(ast.Module([statement], []), path, "exec", dont_inherit=True), space, scope)


def run_notebook(
    path: str,
    source: bytes,
    space: dict[str, Any],
    scope: Any,
    names: Collection[str],
    avoid: Callable[[int], str | None],
) -> Iterator[str]:
    """Yields a note for each cell that fails or isn't run. `avoid` is asked before each: why not run it?"""
    numbered = [(number, cells.python(text), text) for number, text in cells.code_cells(source)]
    twice = _twice("\n".join(text or "" for _, text, _ in numbered).encode("utf-8", "replace"), names)
    trees: dict[int, ast.Module] = {}
    if twice:
        for number, text, _ in numbered:
            if cells.compiles(text or ""):
                trees[number] = tree(text or "", path)
        drop_stubs(list(trees.values()), names)
    flags = cells.FLAGS
    for number, text, original in numbered:
        name = f"{path}, cell {number}"
        try:
            if (reason := avoid(number)) is not None:
                raise NotRunError(f"{name}: {reason}")
            if text is None:
                raise NotRunError(f"{name}: not run, since it isn't Python: {original.strip().splitlines()[0]}")
            _remember(name, functools.partial(str, text))
            code = compile(trees.get(number, text), name, "exec", flags, dont_inherit=True)
            flags |= code.co_flags & FUTURES
            result = eval(code, space, scope)
            if code.co_flags & 0x80:  # CO_COROUTINE: the cell awaits
                _finish(result, name)
        except NotImplementedError:  # a given cell that uses what isn't started yet
            continue
        except BaseException as error:  # hides nothing: neither the next cells nor what this one bound before
            if not _follows(error, numbered):
                yield explain(error, name)


def _follows(error: BaseException, numbered: list[tuple[int, str | None, str]]) -> bool:
    """Whether only a name is missing that another cell assigns: that one was cut short, and said so, or not started."""
    if not isinstance(error, NameError) or not isinstance(error.name, str):
        return False
    assigned = re.compile(rf"\b{re.escape(error.name)}\b[\w, )]*=(?!=)")
    return any(assigned.search(source) for _, _, source in numbered)


def _finish(coroutine: Any, name: str) -> None:
    try:
        coroutine.send(None)
    except StopIteration:
        return
    coroutine.close()
    raise NotRunError(f"{name}: stopped where it waits for an event loop")


def _twice(source: bytes, names: Collection[str]) -> bool:
    """Whether a name of an exercise seems to be defined twice, which is cheap to see and mostly not so."""
    counts = Counter(DEFINED.findall(source))
    repeated = {name.decode(errors="replace") for name, count in counts.items() if count > 1}
    return bool(repeated) and any(name.rpartition(".")[2] in repeated for name in names)


def _remember(name: str, text: Callable[[], str]) -> None:
    """So that a traceback shows the lines. Decoding them can wait until then."""
    linecache.cache[name] = (text,)


def explain(error: BaseException, name: str) -> str:
    """One line: file and line, exception and its message. `name`: the source or cell that was running."""
    if isinstance(error, NotRunError):
        return one_line(str(error))
    if isinstance(error, cells.NotANotebookError):
        return one_line(f"{name}: {error}")
    line = None
    if isinstance(error, SyntaxError) and error.filename == name:
        line, error = error.lineno, SyntaxError(error.msg)
    else:
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename == name:
                line = number
    return one_line(f"{name}{f', line {line}' if line else ''}: {describe(error)}")
