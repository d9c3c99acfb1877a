"""The pytest plugin of kit and repository: fixtures `student`, `rng` and `check`, the marker `supporting`, and where
the catalogue is. In the kit bare `pytest` prints the ladder; `--only`, `--hint`, `--watch` and `--plots` are the kit's
own options."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np
import pytest

from autograder.kit.check import Check
from autograder.kit.exercises import Catalogue, Exercise
from autograder.kit.ladder import Ladder, hints, wants_ladder
from autograder.kit.pictures import FILE as PICTURES
from autograder.kit.pictures import draw
from autograder.kit.runner import seed_of
from autograder.kit.student import LocalBackend, Student
from autograder.kit.watching import watch

T = TypeVar("T")

_catalogue = pytest.StashKey[Catalogue]()
_timed_out = pytest.StashKey[set[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("exercises", "path of exercises.json from rootdir", default="exercises.json")
    group = parser.getgroup("exercises")
    group.addoption("--only", metavar="EXERCISE", help="run the tests of exactly this exercise")
    group.addoption("--hint", metavar="EXERCISE[:N]", help="show the first hint, or the first N, and run nothing")
    group.addoption("--watch", action="store_true", help="go on: show where you stand whenever you save a file")
    group.addoption("--plots", action="store_true", help="draw what you built into pictures/, and run no checks")


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    lines: Iterable[str] = ()
    if config.option.hint is not None:
        lines = _named(config, lambda catalogue: hints(catalogue, config.option.hint))
    elif config.option.plots:
        if not (config.rootpath / PICTURES).is_file():
            raise pytest.UsageError(f"{config.rootpath / PICTURES}: no such file, so there is nothing to draw.")
        lines = draw(config.rootpath)
    elif not config.option.watch:
        return None
    for line in lines:
        print(line, flush=True)
    if config.option.watch:
        only = config.option.only
        exercises = _named(config, lambda catalogue: [catalogue.find(only)] if only else catalogue.exercises)
        watch(Ladder(config, catalogue_of(config), narrowed=only is not None), exercises)
    return 0


@pytest.hookimpl(trylast=True)  # pytest's own reporter is registered in a pytest_configure of its own
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "supporting: None or zeros could pass this test; it counts only where an unmarked test of its exercise passes",
    )
    if wants_ladder(config):
        if config.args_source is config.ArgsSource.INVOCATION_DIR:  # in a folder below the kit's
            config.args = [str(config.rootpath / path) for path in config.getini("testpaths")]
        narrowed = config.option.only is not None or bool(config.invocation_params.args)
        ladder = Ladder(config, catalogue_of(config), narrowed)
        config.pluginmanager.unregister(name="terminalreporter")
        config.pluginmanager.register(ladder, "terminalreporter")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of the exercise that --only names."""
    if config.option.only is None:
        return
    exercise = _named(config, lambda catalogue: catalogue.find(config.option.only))
    catalogue = catalogue_of(config)
    kept = [
        item for item in items if isinstance(item, pytest.Function) and _is_of(catalogue, item.originalname, exercise)
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _is_of(catalogue: Catalogue, function_name: str, exercise: Exercise) -> bool:
    try:
        return catalogue.of_test(function_name) == exercise
    except ValueError:
        return False


def _named(config: pytest.Config, action: Callable[[Catalogue], T]) -> T:
    """The action's result; an unknown exercise is wrong usage."""
    try:
        return action(catalogue_of(config))
    except KeyError as error:
        raise pytest.UsageError(error.args[0]) from None


def catalogue_of(config: pytest.Config) -> Catalogue:
    """The course's catalogue, read once."""
    if _catalogue not in config.stash:
        path = config.rootpath / config.getini("exercises")
        if not path.is_file():
            raise pytest.UsageError(f"{path}: no such file. Run pytest in the folder that holds exercises.json.")
        config.stash[_catalogue] = Catalogue.from_json(path.read_text(encoding="utf-8"))
    return config.stash[_catalogue]


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    catalogue = catalogue_of(request.config)
    timed_out = request.config.stash.setdefault(_timed_out, set())
    backend = LocalBackend(constructors=catalogue.constructors, timed_out=timed_out)
    return Student(catalogue, backend, backend.parameters, backend.docs)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Random inputs, the same in every run."""
    seed = seed_of(request.node.name)
    request.node.add_report_section("setup", "rng", f"np.random.default_rng({seed})")
    return np.random.default_rng(seed)


@pytest.fixture
def check(student: Student) -> Check:
    return Check(student)
