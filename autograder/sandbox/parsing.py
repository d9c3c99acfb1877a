"""A source as bytes in, a `SourceReport` out: what it defines, or why it can't be read.

Called by `worker`, in a process that runs nothing of it; its size was capped by whoever read the file."""

import ast
import re
import warnings
from collections.abc import Collection

from autograder.sandbox import cells
from autograder.sandbox.bundle import PACKAGE, SourceReport
from autograder.sandbox.definitions import Definition, definitions, fingerprint
from autograder.sandbox.passages import passages
from autograder.sandbox.text import one_line

PLOTS = re.compile(rb"matplotlib|mpl_toolkits|pylab")
CONFLICT = re.compile(rb'^\s*"?(<{7} |>{7} )', re.MULTILINE)  # in a notebook they stand within JSON


class UnreadableError(Exception):
    """Why, in words that follow a file's name."""


def report(path: str, source: bytes, names: Collection[str], siblings: Collection[str]) -> SourceReport:
    """`names`: the exercises to look for. `siblings`: what the submission's sources are imported as."""
    siblings = {PACKAGE, *siblings}
    plots = PLOTS.search(source) is not None
    try:
        trees = parse(path, source)
        found = [definition for tree in trees for definition in definitions(tree.body, names, siblings)]
        chosen: dict[str, Definition] = {}
        for definition in found:  # the last one counts, but a stub never hides what is filled in
            if not definition.stub or chosen.get(definition.name, definition).stub:
                chosen[definition.name] = definition
        states = {name: "stub" if d.stub else "filled" for name, d in chosen.items()}
        fingerprints = {name: fingerprint(d, names) for name, d in chosen.items()}
        return SourceReport(path, None, states, fingerprints, plots, passages(trees))
    except (UnreadableError, cells.NotANotebookError) as error:
        return SourceReport(path, one_line(str(error)), {}, {}, plots)
    except RecursionError:
        return SourceReport(path, "nested too deeply to be read", {}, {}, plots)
    except MemoryError:
        return SourceReport(path, "too large or nested too deeply to be read", {}, {}, plots)


def parse(path: str, source: bytes) -> list[ast.Module]:
    """The syntax trees of a module, or of each cell that is Python."""
    if not source.strip() and not path.endswith("__init__.py"):
        raise UnreadableError("empty")
    if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableError("UTF-16 text: save it as UTF-8")
    if conflict := CONFLICT.search(source):
        raise UnreadableError(
            f"line {source[: conflict.start(1)].count(10) + 1}: a merge conflict's marker {conflict[1].decode()!r}"
        )
    if b"\0" in source:
        raise UnreadableError("not text (NUL bytes)")
    if not path.endswith(".ipynb"):
        try:
            return [tree(source, path)]
        except SyntaxError as error:
            raise UnreadableError(f"line {error.lineno}: {error.msg}" if error.lineno else error.msg) from None
        except ValueError as error:
            raise UnreadableError(str(error)) from None
    trees = []
    for _, cell in cells.code_cells(source):
        text = cells.python(cell)
        try:
            trees.append(tree(text or "", path))
        except (SyntaxError, ValueError):  # costs that cell alone, and is noted when the notebook runs
            continue
    return trees


def tree(source: bytes | str, name: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = compile(source, name, "exec", ast.PyCF_ONLY_AST | cells.FLAGS, dont_inherit=True)
    assert isinstance(module, ast.Module)
    return module
