"""An example class of 30, written as submissions: the course's own solutions, variants and known mistakes in the forms
in which students hand things in, and a few hostile ones. Called by `demo`.

Everything is made from the course's text, and comes out the same each time."""

import ast
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.answers import Answer, Modules, bank, fill_notebook, mixed, put, reference
from autograder.course import PACKAGE, Course

Files = dict[str, str]  # path -> content
Write = Callable[[Path], None]  # at <folder>/<student>, with the ending that it has

BOMB = 30_000_000  # bytes of blanks, which a zip makes small
HOSTILE_NAME = "=1+1 \x1b[2J<img src=x onerror=alert(1)>"  # a formula, a terminal's command, a page's
ENDLESS = "def loop(*arguments, **more):\n    'Never ends.'\n    while True:\n        pass"


def write_class(course: Course, kit: Path, folder: Path) -> dict[str, str]:
    """Write the class into `folder`; returns for each student what was handed in. `kit` is what students got."""
    folder.mkdir(parents=True)
    handed_in = {}
    for name, what, write in _Class(course, kit).students():
        write(folder / name)
        handed_in[name] = what
    return handed_in


class _Class:
    """The 30: what each one hands in, and how it is written."""

    def __init__(self, course: Course, kit: Path):
        self.course, self.kit = course, kit
        self.topics = [topic.name for topic in course.catalogue.topics]
        self.right = reference(course)
        self.stubs = {topic: (kit / PACKAGE / f"{topic}.py").read_text(encoding="utf-8") for topic in self.topics}
        extra = {topic.name for topic in course.catalogue.topics if topic.extra}
        self.last = [topic for topic in self.topics if topic not in extra][-1]
        self.enough = {topic: (self.stubs if topic in extra else self.right)[topic] for topic in self.topics}

    def students(self) -> Iterator[tuple[str, str, Write]]:
        """Name, what was handed in, and what writes it."""
        package, flat, notebooks = self.package(self.right), self.flat(self.right), self.notebooks(self.right)
        whole = self.whole(self.right)
        junk = {"__MACOSX/._kit": "", "kit/.ipynb_checkpoints/old.py": "not Python", "kit/__pycache__/x.pyc": ""}
        yield "ada", "right, folder", folder_of(package)
        yield "alan", "right, zip", zip_of(package)
        yield "barbara", "right, modules lie flat", folder_of(flat)
        yield "blaise", "right, zip with backslashes", zip_of({p.replace("/", "\\"): package[p] for p in package})
        yield "claude", "right, deep down, with junk", zip_of({f"Desktop/kit/{p}": package[p] for p in package} | junk)
        yield "dennis", "right, notebooks in the kit", folder_of(self.package(self.stubs) | notebooks)
        yield "donald", "right, notebooks alone", zip_of(notebooks)
        yield "dorothy", "right, one notebook", file_of(".ipynb", one_notebook(whole))
        yield "edsger", "right, one .py", file_of(".py", whole)
        yield "emmy", "right, CRLF and BOM", folder_of({path: dressed(text) for path, text in package.items()})
        variants = bank(self.course, "variants")
        for number, name in enumerate(["frances", "grace", "hedy", "jean"]):
            yield (
                name,
                "right, in odd style",
                folder_of(self.package(mixed(self.course, variants, 0.25, random.Random(number)))),
            )
        yield from self.wrong()
        yield from self.partly()
        yield "tim", "the kit as it was given", folder_of(self.package(self.stubs))
        yield from self.hostile()

    def wrong(self) -> Iterator[tuple[str, str, Write]]:
        """Eight with one known mistake each, spread over the course."""
        names = ["john", "karen", "katherine", "ken", "leslie", "linus", "margaret", "niklaus"]
        bank_of_mistakes = bank(self.course, "mistakes").values()
        mistakes = [answers[0] for answers in bank_of_mistakes if answers and not answers[0].exercise.extra]
        for number, name in enumerate(names):
            answer = mistakes[number * len(mistakes) // len(names)]
            topic = answer.exercise.topic
            modules = self.enough | {topic: put(self.right[topic], answer)}
            form = folder_of(self.notebooks(modules)) if number == 3 else folder_of(self.package(modules))
            yield name, f"mistake in {answer.exercise.name}", form

    def partly(self) -> Iterator[tuple[str, str, Write]]:
        half = len(self.topics) // 2
        begun = self.stubs | {topic: self.right[topic] for topic in self.topics[:2]}
        yield "radia", "two topics done", folder_of(self.package(begun))
        begun = self.stubs | {topic: self.right[topic] for topic in self.topics[:half]}
        yield "richard", "half done, notebooks", folder_of(self.notebooks(begun))
        broken = self.enough | {self.last: self.right[self.last][: len(self.right[self.last]) // 2] + "\n    (["}
        yield "sophie", "a file breaks off", folder_of(self.package(broken))

    def hostile(self) -> Iterator[tuple[str, str, Write]]:
        second, third = self.topics[1:3]
        exercise = self.course.topic(second).exercises[0]
        loop = ast.parse(ENDLESS).body[0]
        assert isinstance(loop, ast.FunctionDef)
        endless = put(self.right[second], Answer(exercise, (exercise.name,), loop, ()))
        yield "mallory", "a loop without end", folder_of(self.package(self.enough | {second: endless}))
        exits = f"import os\nos._exit(0)\n{self.right[third]}"
        yield "oscar", "ends the process on import", folder_of(self.package(self.enough | {third: exits}))
        slip = {"../../../../tmp/slipped.py": "", "/etc/slipped.py": "", f"{PACKAGE}/{self.last}.py": " " * BOMB}
        yield "trudy", "zip slip and zip bomb", zip_of(self.package(self.enough) | slip)
        cut_off = one_notebook(self.whole(self.right))[:5000]
        yield HOSTILE_NAME, "hostile name, cut notebook", file_of(".ipynb", cut_off)

    def package(self, modules: Modules) -> Files:
        return {f"{PACKAGE}/__init__.py": ""} | {f"{PACKAGE}/{topic}.py": text for topic, text in modules.items()}

    def flat(self, modules: Modules) -> Files:
        return {f"{topic}.py": text for topic, text in modules.items()}

    def notebooks(self, modules: Modules) -> Files:
        """The kit's notebooks, filled in."""
        return {
            f"notebooks/{topic}.ipynb": fill_notebook(
                self.course, topic, text, self.kit / "notebooks" / f"{topic}.ipynb"
            )
            for topic, text in modules.items()
        }

    def whole(self, modules: Modules) -> str:
        """All modules in one file, without imports from each other."""
        texts = []
        for source in modules.values():
            lines = source.split("\n")
            for node in ast.parse(source).body:
                if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == PACKAGE:
                    lines[node.lineno - 1 : node.end_lineno] = [""] * len(lines[node.lineno - 1 : node.end_lineno])
            texts.append("\n".join(lines))
        return "\n\n\n".join(texts)


def folder_of(files: Files) -> Write:
    def write(path: Path) -> None:
        for name, text in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(text.encode())

    return write


def zip_of(files: Files) -> Write:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path.with_name(f"{path.name}.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files.items():
                entry = zipfile.ZipInfo(name, date_time=(2027, 1, 1, 0, 0, 0))
                archive.writestr(entry, text, zipfile.ZIP_DEFLATED)

    return write


def file_of(ending: str, text: str) -> Write:
    def write(path: Path) -> None:
        path.with_name(path.name + ending).write_bytes(text.encode())

    return write


def one_notebook(source: str) -> str:
    """A notebook with a source in it, in a few cells."""
    pieces = source.split("\n\n\n")
    cells: list[object] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{n}",
            "metadata": {},
            "outputs": [],
            "source": piece,
        }
        for n, piece in enumerate(pieces)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def dressed(text: str) -> str:
    """As an editor on Windows may save it."""
    return "\ufeff" + text.replace("\n", "\r\n")
