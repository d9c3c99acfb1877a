"""Attacks: small sources in a folder for each kind, read as text and never imported here, and the world they are let
loose in. An attack is a submission of its own; `attack()` is its exercise. It declares, as constants:

GOAL       what shows that it succeeded, one of SIGNS
HELD_FROM  the level from which it is held, "contained" unless it says "isolated"
CANNOT     why it can't be shown to succeed without walls
ROOT       True: it needs root to succeed without walls
NEEDS      what it needs besides; where a machine refuses that to everybody, it can't be shown to succeed there
MACHINE    the one machine that it is written for
NOTEBOOK   True: what stands between lines "# %%" are a notebook's cells
REPEAT     text -> (beginning, part, count): what takes its place in the source, where that would be too long to write
"""

import ast
import json
import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.sandbox.levels import LEVELS, probe

HERE = Path(__file__).parent
SIGNS = {
    "leak": "a secret came back or was sent away",
    "mark": "a wrong answer counts as right",
    "done": "it says that it did what is forbidden",
    "files": "a file is new, gone or changed",
    "heard": "somebody was reached over the network",
    "victim": "another process ended or isn't as it was",
    "survivor": "a process of its own goes on after its end",
    "endless": "it goes on beyond its time",
    "grader": "the grader ended or broke",
    "controls": "a text for teachers has control characters",
    "flood": "a text for teachers has no end",
}
MODULES = {"mlp.activations": "mlp/activations.py", "target": "target.py", "tools": "tools.py"}


@dataclass(frozen=True)
class Attack:
    kind: str
    name: str
    source: str
    goal: str
    held_from: str = "contained"
    cannot: str = ""
    root: bool = False
    needs: str = ""
    machine: str = ""
    notebook: bool = False

    @property
    def id(self):
        return f"{self.kind}/{self.name}"

    def claimed_at(self, level):
        order = list(LEVELS)  # best first
        return order.index(level) <= order.index(self.held_from)

    def files(self, target):
        """What is handed in: the attack, and two modules beside it that it may use."""
        path = "mlp/activations.ipynb" if self.notebook else "mlp/activations.py"
        files = {path: self.source, "target.py": "".join(f"{name} = {value!r}\n" for name, value in target.items())}
        files["tools.py"] = (HERE / "tools.py").read_text(encoding="utf-8")
        return files, MODULES | {"mlp.activations": path}


def read_attack(path):
    text = path.read_text(encoding="utf-8")
    declared, lines = {}, text.splitlines()
    for node in ast.parse(text).body:
        name = node.targets[0].id if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) else ""
        if name in ("GOAL", "HELD_FROM", "CANNOT", "ROOT", "NEEDS", "MACHINE", "NOTEBOOK", "REPEAT"):
            declared[name.lower()] = ast.literal_eval(node.value)
            lines[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    docstring = ast.parse(text).body[0]
    source = "\n".join(lines[docstring.end_lineno :]).strip() + "\n"
    if declared.get("notebook"):
        source = as_notebook(source)
    for old, (beginning, part, count) in declared.pop("repeat", {}).items():
        source = source.replace(old, beginning + part * count)
    return Attack(path.parent.name, path.stem, source, **declared)


def as_notebook(source):
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": cell.strip()}
        for cell in re.split(r"^# %%$", source, flags=re.MULTILINE)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


collect_ignore_glob = ["*/*"]
ATTACKS = [read_attack(path) for path in sorted(HERE.glob("*/*.py"))]


def offered():
    """The levels of this machine, the weakest first."""
    order = list(reversed(LEVELS))
    return order[: order.index(probe().level) + 1]


def pytest_generate_tests(metafunc):
    if "level" in metafunc.fixturenames:
        cases = [(level, attack) for level in offered() for attack in ATTACKS if attack.claimed_at(level)]
        parameters = [pytest.param(*case, id=f"{case[0]}-{case[1].id}", marks=misfit(case[1])) for case in cases]
        lacking = pytest.mark.skip("; ".join(probe().missing))
        parameters += [pytest.param(level, None, id=level, marks=lacking) for level in LEVELS if level not in offered()]
        metafunc.parametrize(("level", "attack"), parameters)
    elif "attack" in metafunc.fixturenames:
        able = [attack for attack in ATTACKS if not attack.cannot]
        parameters = [pytest.param(attack, id=attack.id, marks=misfit(attack) + powerless(attack)) for attack in able]
        metafunc.parametrize("attack", parameters)


def misfit(attack):
    here = platform.machine()
    return [pytest.mark.skip(f"written for {attack.machine}")] if attack.machine not in ("", here) else []


def powerless(attack):
    return [pytest.mark.skip("it needs root to succeed")] if attack.root and os.getuid() else []


@pytest.fixture(scope="session")
def levels():
    return offered()
