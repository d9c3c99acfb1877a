"""A throw-away kit of three topics for the tests here: `kit` is its folder, `run` calls pytest in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.kit.exercises import Catalogue, Exercise, Topic

KIT = Path(__file__).resolve().parents[3] / "autograder" / "kit"

STUBS = {
    "bends": '''\
"""Bends."""

import numpy as np


def double(Z):
    """Twice Z, entry by entry.

    More about it.
    """
    raise NotImplementedError("double")


def half(Z, rest=0.0):
    """Half of Z, plus rest."""
    raise NotImplementedError("half")


GIVEN = {"double": double}
''',
    "model": '''\
"""A model."""

from .bends import double


class Net:
    """A net."""

    def __init__(self, sizes):
        """Keep the sizes."""
        raise NotImplementedError("Net")

    def run(self, X):
        """Twice X."""
        raise NotImplementedError("Net.run")
''',
    "more": '''\
def shout(word):
    """The word in capitals."""
    raise NotImplementedError("shout")
''',
}

RIGHT = {
    "bends": STUBS["bends"]
    .replace('raise NotImplementedError("double")', "return 2 * Z")
    .replace('raise NotImplementedError("half")', "return Z / 2 + rest"),
    "model": STUBS["model"]
    .replace('raise NotImplementedError("Net")', "self.sizes = list(sizes)")
    .replace('raise NotImplementedError("Net.run")', "return double(X)"),
    "more": STUBS["more"].replace('raise NotImplementedError("shout")', "return word.upper()"),
}

TESTS = {
    "bends": '''
import numpy as np
import pytest


def test_double_adds_a_number_to_itself(student, rng, check):
    """Twice a number is the number plus itself."""
    Z = rng.normal(size=(2, 3))
    check.same(student.double(Z), Z + Z)


@pytest.mark.supporting
@pytest.mark.parametrize("shape", [(2,), (3, 1)], ids=["one axis", "two axes"])
def test_double_keeps_the_shape(student, rng, check, shape):
    """Any shape goes in, and the same comes out."""
    check.array(student.double(rng.normal(size=shape)), shape=shape)
    check.unchanged(student)


def test_half_of_known_values(student, check):
    """Half of 3 is 1.5."""
    check.same(student.half(np.array([3.0]), rest=1.0), np.array([2.5]))
''',
    "model": '''
import numpy as np


def test_Net_init_keeps_sizes(student, check):
    """The sizes can be read."""
    check.same(student.Net([2, 1]).sizes, [2, 1])


def test_Net_run_doubles(student, rng, check):
    """run gives twice its input."""
    X = rng.normal(size=(2, 2))
    check.same(student.Net([2, 1]).run(X), 2 * X)
''',
    "more": '''
def test_shout_is_loud(student, check):
    """All letters are capitals."""
    check.same(student.shout("abc"), "ABC")
''',
}


@pytest.fixture
def catalogue():
    def topic(name, title, *exercises, extra=False):
        hints = ("Think.", "Think again.")
        return Topic(name, title, extra, tuple(Exercise(name, e, points, hints, extra) for e, points in exercises))

    return Catalogue(
        "Small course",
        (
            topic("bends", "Bends", ("double", 2), ("half", 3)),
            topic("model", "A model", ("Net", 1), ("Net.run", 4)),
            topic("more", "More", ("shout", 2), extra=True),
        ),
    )


@pytest.fixture
def kit(tmp_path, catalogue):
    files = {
        "pytest.ini": "[pytest]\npythonpath = .\ntestpaths = tests\n"
        "addopts = --import-mode=importlib --continue-on-collection-errors\n",
        "conftest.py": 'pytest_plugins = ["autograder.kit.plugin"]\n',
        "exercises.json": catalogue.to_json(),
        "autograder/__init__.py": "",
        "mlp/__init__.py": "",
    }
    files |= {f"mlp/{name}.py": text for name, text in STUBS.items()}
    files |= {f"tests/test_{name}.py": text for name, text in TESTS.items()}
    root = tmp_path / "kit"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(KIT, root / "autograder" / "kit", ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.fixture
def fill(kit):
    """Put right answers in place of stubs."""

    def fill(*topics):
        for name in topics:
            (kit / "mlp" / f"{name}.py").write_text(RIGHT[name], encoding="utf-8")

    return fill


@pytest.fixture
def environment():
    """A student's, who has pytest without plugins. Files change too quickly here for Python to see it by their time."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PY")}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


@pytest.fixture
def run(kit, environment):
    """pytest in the kit, as a student types it: exit code and output."""

    def run(*arguments, folder="."):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *arguments],
            cwd=kit / folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run
