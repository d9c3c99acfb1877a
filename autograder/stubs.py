"""A reference module in, its parts out, each as stub and as instructor's version. Called by `build` and `notebooks`.

A stub keeps signature and docstring; its body becomes `raise NotImplementedError("name")`. Private helpers belong to
the solution of the exercise above them; tables, properties and the like are given to students as they are.
"""

import ast
from collections.abc import Collection
from dataclasses import dataclass

from autograder.errors import AutograderError

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"  # the marks that nbgrader cuts at

_Definition = ast.FunctionDef | ast.ClassDef


@dataclass
class Part:
    """One top-level piece of a module. `names`: its exercises, none where it is given; `gap`: blank lines above it."""

    names: tuple[str, ...]
    stub: str
    solution: str
    gap: int

    def add(self, text: str) -> None:
        """Put a piece into both versions."""
        self.stub += text
        self.solution += text

    def add_to_solution(self, text: str) -> None:
        """Put a piece into the last solution region."""
        end = self.solution.rindex("\n", 0, self.solution.rindex(END))
        self.solution = self.solution[:end] + text + self.solution[end:]


@dataclass(frozen=True)
class Module:
    """A reference module in its parts.

    `docstring`: its source. `imports`: one statement each, blank lines above included. `unlisted`: public functions,
    classes and methods that are no exercise; they are treated as private, not given away.
    """

    docstring: str
    imports: tuple[str, ...]
    parts: tuple[Part, ...]
    unlisted: tuple[str, ...]

    @property
    def exercises(self) -> tuple[str, ...]:
        """Names of the exercises in the order in which they are defined."""
        return tuple(name for part in self.parts for name in part.names)

    def stub(self) -> str:
        """The students' module."""
        text = "\n".join([self.docstring, *self.imports])
        for number, part in enumerate(self.parts):
            text += "\n" * (1 + (part.gap if number else max(part.gap, 1))) + part.stub
        return text.strip("\n") + "\n"


def cut(source: str, exercises: Collection[str], where: str) -> Module:
    """The parts of a module; students write `exercises` (bare names). `where` is for messages."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise AutograderError(f"{where}, line {error.lineno}: {error.msg}.") from None
    return _Cutter(source.split("\n"), exercises, where).module(tree)


class _Cutter:
    def __init__(self, lines: list[str], exercises: Collection[str], where: str):
        self.lines, self.exercises, self.where = lines, exercises, where
        self.unlisted: list[str] = []

    def module(self, tree: ast.Module) -> Module:
        docstring, imports, parts = "", [], list[Part]()
        helpers = ""  # above the first exercise
        for node, text, gap in self.pieces(tree.body, 0):
            if node is tree.body[0] and _is_docstring(node):
                docstring = text
            elif isinstance(node, ast.Import | ast.ImportFrom):
                imports.append("\n" * gap + text)
            elif part := self.exercise(node, text, gap):
                parts.append(part)
                part.add_to_solution(helpers)
                helpers = ""
            elif not self.is_hidden(node, ""):
                parts.append(Part((), text, text, gap))
            elif owners := [part for part in parts if part.names]:
                owners[-1].add_to_solution(f"\n\n\n{text}")
            else:
                helpers += f"\n\n\n{text}"
        return Module(docstring, tuple(imports), tuple(parts), tuple(self.unlisted))

    def pieces(self, body: list[ast.stmt], line: int) -> list[tuple[ast.stmt, str, int]]:
        """Each statement with its text, comments on top of it included, and the number of blank lines above it."""
        found = []
        for node in body:
            start = max(line, min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1)
            while start > line and self.lines[start - 1].lstrip().startswith("#"):
                start -= 1
            gap = 0
            while start - gap > line and not self.lines[start - gap - 1].strip():
                gap += 1
            line = self.end(node)
            found.append((node, self.text(start, line), gap))
        return found

    def end(self, node: ast.stmt) -> int:
        """The number of a statement's last line; comments that are still indented below it belong to it."""
        assert node.end_lineno is not None
        end = node.end_lineno
        for number in range(end, len(self.lines)):
            text = self.lines[number].lstrip()
            if text.startswith("#") and len(self.lines[number]) - len(text) > node.col_offset:
                end = number + 1
            elif text:
                break
        return end

    def text(self, start: int, end: int) -> str:
        return "\n".join(self.lines[start:end])

    def is_hidden(self, node: ast.stmt, owner: str) -> bool:
        """Whether a statement is part of the solutions: private, or a definition that should have been an exercise."""
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
            return all(_is_private(name) for name in names)
        if not isinstance(node, _Definition) or _is_private(node.name):
            return isinstance(node, _Definition)
        if owner and (node.decorator_list or node.name.startswith("__")):  # a property is not for students to write
            return False
        self.unlisted.append(f"{owner}.{node.name}" if owner else node.name)
        return True

    def exercise(self, node: ast.stmt, text: str, gap: int) -> Part | None:
        """The part that an exercise makes: a function, or a class with all its methods."""
        if isinstance(node, ast.FunctionDef) and node.name in self.exercises:
            return Part((node.name,), *self.versions(node, text, node.name), gap)
        if not isinstance(node, ast.ClassDef):
            return None
        methods = {
            method: node.name if method.name == "__init__" else f"{node.name}.{method.name}"
            for method in node.body
            if isinstance(method, ast.FunctionDef)
        }
        names = tuple(name for name in methods.values() if name in self.exercises)
        if not names:
            return None
        if not _is_docstring(node.body[0]):
            raise AutograderError(f"{self.where}, line {node.lineno}: {node.name} needs a docstring.")
        header = text[: text.index("\n" + self.lines[node.body[0].lineno - 1])]
        part = Part(names, header, header, gap)
        for member, piece, blank in self.pieces(node.body, node.body[0].lineno - 1):
            space = "\n" * (blank + 1)
            name = methods.get(member) if isinstance(member, ast.FunctionDef) else None
            if name in names:
                assert isinstance(member, ast.FunctionDef)
                stub, solution = self.versions(member, piece, name)
                part.stub += space + stub
                part.solution += space + solution
            elif not self.is_hidden(member, node.name):
                part.add(space + piece)
            elif END in part.solution:
                part.add_to_solution(space + piece)
            else:
                raise AutograderError(
                    f"{self.where}, line {member.lineno}: move this below a method that is an exercise."
                )
        return part

    def versions(self, node: ast.FunctionDef, text: str, name: str) -> tuple[str, str]:
        """Stub and solution of a function or method, whose text ends where the node ends."""
        first = node.body[0]
        if not _is_docstring(first) or len(node.body) == 1:
            raise AutograderError(f"{self.where}, line {node.lineno}: {name} needs a docstring and a body below it.")
        assert first.end_lineno is not None
        body = self.text(first.end_lineno, self.end(node))
        head = text.removesuffix(f"\n{body}")
        indent, inside = " " * first.col_offset, body.strip("\n")
        stub = f'{head}\n{indent}raise NotImplementedError("{name}")'
        return stub, f"{head}\n{indent}{BEGIN}\n{inside}\n{indent}{END}"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")
