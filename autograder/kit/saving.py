"""A notebook cell's code into the module that it belongs to. Called by `notebook` when a check is run in the kit.

Only definitions of the same name are replaced; all else in the file stays, and the file stays valid Python."""

from __future__ import annotations

import ast
import contextlib
import os
import symtable
import tempfile
import textwrap
from collections.abc import Iterable
from pathlib import Path

from autograder.kit.definitions import find
from autograder.kit.student import PACKAGE

Definition = (ast.FunctionDef, ast.ClassDef)


class NotSaved(Exception):  # noqa: N818
    """Why a cell could not be put into a file; one line."""


def save(path: Path, cell: str, name: str) -> bool:
    """Put the cell that defines `name` into the module at `path`; whether that changed the file."""
    try:
        before = path.read_bytes()
        text = before.decode("utf-8-sig")
        merged = merge(text.replace("\r\n", "\n"), cell, name, path.stem)
    except SyntaxError as error:
        raise NotSaved(f"line {error.lineno}: {error.msg}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise NotSaved(str(error)) from None
    after = merged.replace("\n", "\r\n" if "\r\n" in text else "\n").encode()
    if after == text.encode():
        return False
    _write(path, after)
    return True


def _write(path: Path, content: bytes) -> None:
    """Replace the file at once, so that an interrupted notebook leaves the old one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        with contextlib.suppress(OSError):
            Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def merge(module: str, cell: str, name: str, topic: str) -> str:
    """The module's source with what the cell defines. `topic`: the module's name, which it must not import itself."""
    old, new = ast.parse(module), ast.parse(cell)
    target = find(old.body, name)
    if target is None or find(new.body, name) is None:
        raise NotSaved(f"{name} isn't defined in {PACKAGE}/{topic}.py")
    replaced: list[tuple[ast.stmt, str]] = []
    added: list[str] = []
    late: list[str] = []  # what is computed with the definitions stands below them
    imports: list[str] = []
    definitions = {node.name for node in [*old.body, *new.body] if isinstance(node, Definition)}
    known = {ast.dump(node) for node in old.body}
    used = _used(cell, new)
    for node in new.body:
        source = _source(cell, node)
        if isinstance(node, Definition):
            there = find(old.body, node.name)
            if there is None:
                added.append(source)
            elif not _is_stub(node) or _is_stub(there):
                replaced.append((there, _with_kept_methods(source, module, there)))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            if ast.dump(node) not in known and _wanted(node, topic, used):
                imports.append(source)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and _targets(node) & used and not _of_ipython(node):
            same = next((n for n in old.body if isinstance(n, type(node)) and _targets(n) == _targets(node)), None)
            if same is not None:
                replaced.append((same, source))
            elif _names(node) & definitions:
                late.append(source)
            else:
                added.append(source)
    anchor = min((there for there, _ in replaced if isinstance(there, Definition)), key=_first_line, default=target)
    edits = [(_first_line(there), there.end_lineno or 0, source) for there, source in replaced]
    if added:
        edits.append((_first_line(anchor), _first_line(anchor) - 1, "\n\n\n".join(added) + "\n\n\n"))
    if imports:
        line = _after_imports(old)
        edits.append((line, line - 1, "\n".join(imports) + "\n"))
    merged = _edited(module, edits)
    if late:
        merged = merged.rstrip("\n") + "\n\n\n" + "\n".join(late) + "\n"
    if lost := _bound(old) - _bound(ast.parse(merged)):
        raise NotSaved(f"{', '.join(sorted(lost))} would be lost")
    return merged


def _bound(module: ast.Module) -> set[str]:
    """Names that a module's statements bind."""
    bound: set[str] = set()
    for node in module.body:
        if isinstance(node, Definition):
            bound.add(node.name)
            bound |= {f"{node.name}.{member.name}" for member in node.body if isinstance(member, Definition)}
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            bound |= {alias.asname or alias.name for alias in node.names}
        else:
            bound |= _targets(node)
    return bound


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Lines first..last (from 1) replaced by a text; last is first - 1 where it is inserted."""
    lines = text.split("\n")
    for first, last, source in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        lines[first - 1 : last] = source.split("\n") if last >= first else source.split("\n")[:-1]
    return "\n".join(lines)


def _used(source: str, cell: ast.Module) -> set[str]:
    """Global names that the cell's definitions use, also by way of an assignment: what they need besides themselves."""
    definitions = [node for node in cell.body if isinstance(node, Definition)]
    used: set[str] = set()
    for node in definitions:  # what is evaluated outside of the body
        heads = [node.args] if isinstance(node, ast.FunctionDef) else node.bases
        used |= {name for part in [*node.decorator_list, *heads] for name in _names(part)}
    names = {node.name for node in definitions}
    tables = [table for table in symtable.symtable(source, "cell", "exec").get_children() if table.get_name() in names]
    while tables:
        table = tables.pop()
        used |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
        tables += table.get_children()
    rest = [node for node in cell.body if isinstance(node, (ast.Assign, ast.AnnAssign))]
    while found := [node for node in rest if _targets(node) & used]:
        used |= {name for node in found for name in _names(node)}
        rest = [node for node in rest if node not in found]
    return used


def _wanted(node: ast.Import | ast.ImportFrom, topic: str, used: set[str]) -> bool:
    """Whether an import serves what is saved, and isn't of the module itself, the kit or the future."""
    module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
    if module == f"{PACKAGE}.{topic}" or module.split(".")[0] in ("autograder", "__future__", "IPython"):
        return False
    return any(alias.name == "*" or (alias.asname or alias.name.split(".")[0]) in used for alias in node.names)


def _targets(node: ast.stmt) -> set[str]:
    """Names that an assignment binds."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {name for target in targets for name in _names(target)}


def _names(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def _of_ipython(node: ast.stmt) -> bool:
    """x = %magic or x = !command, as IPython rewrites them."""
    return "get_ipython" in _names(node)


def _is_stub(node: ast.stmt) -> bool:
    """A function that only raises NotImplementedError, or a class of nothing else."""
    if isinstance(node, ast.ClassDef):
        methods = [member for member in node.body if isinstance(member, ast.FunctionDef)]
        return bool(methods) and all(map(_is_stub, methods))
    body = list(node.body) if isinstance(node, ast.FunctionDef) else []
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    if len(body) != 1 or not isinstance(body[0], ast.Raise) or body[0].exc is None:
        return False
    return "NotImplementedError" in ast.unparse(body[0].exc)


def _with_kept_methods(source: str, module: str, there: ast.stmt) -> str:
    """A class from a cell, with what the file's class has and the cell's only leaves open or doesn't have."""
    node = ast.parse(source).body[0]
    if not isinstance(node, ast.ClassDef) or not isinstance(there, ast.ClassDef):
        return source
    edits = []
    margin = " " * node.body[0].col_offset
    for member in there.body:
        if not isinstance(member, Definition) or _is_stub(member):
            continue
        kept = textwrap.indent(textwrap.dedent(_source(module, member)), margin)
        same = find(node.body, member.name)
        if same is None:
            end = (node.end_lineno or 0) + 1
            edits.append((end, end - 1, f"\n{kept}\n"))
        elif _is_stub(same):
            edits.append((_first_line(same), same.end_lineno or 0, kept))
    return _edited(source, edits)


def _source(text: str, node: ast.stmt) -> str:
    """A statement's whole lines, with its decorators."""
    return "\n".join(text.split("\n")[_first_line(node) - 1 : node.end_lineno])


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _after_imports(module: ast.Module) -> int:
    """The line under the module's last import, or under its docstring."""
    last = 0
    for i, node in enumerate(module.body):
        if isinstance(node, (ast.Import, ast.ImportFrom)) or (i == 0 and ast.get_docstring(module)):
            last = node.end_lineno or last
    return last + 1
