"""The pytest plugin of kit and repository: fixtures `student`, `rng` and `check`, the marker `supporting`, and where
the catalogue is."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from autograder.kit.check import Check
from autograder.kit.exercises import Catalogue
from autograder.kit.student import LocalBackend, Student

_catalogue = pytest.StashKey[Catalogue]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("exercises", "path of exercises.json from rootdir", default="exercises.json")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "supporting: None or zeros could pass this test; it counts only where an unmarked test of its exercise passes",
    )


def catalogue_of(config: pytest.Config) -> Catalogue:
    """The course's catalogue, read once."""
    if _catalogue not in config.stash:
        path = config.rootpath / config.getini("exercises")
        if not path.is_file():
            raise pytest.UsageError(f"{path}: no such file. Run pytest in the folder that holds exercises.json.")
        config.stash[_catalogue] = Catalogue.from_json(path.read_text(encoding="utf-8"))
    return config.stash[_catalogue]


def seed_of(test_name: str) -> int:
    """The seed of a test's `rng` where nothing secret is at stake: always the same for one test."""
    return zlib.crc32(test_name.encode())


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    backend = LocalBackend()
    return Student(catalogue_of(request.config), backend, backend.parameters)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Random inputs, the same in every run."""
    seed = seed_of(request.node.name)
    request.node.add_report_section("setup", "rng", f"np.random.default_rng({seed})")
    return np.random.default_rng(seed)


@pytest.fixture
def check(student: Student) -> Check:
    return Check(student)
