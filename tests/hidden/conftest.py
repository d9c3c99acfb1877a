"""The fixtures that hidden tests have besides `student`, `rng` and `check`."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from autograder.kit.plugin import catalogue_of
from autograder.kit.student import PACKAGE
from autograder.pictures import Pictures


@pytest.fixture(scope="session")
def reference(pytestconfig):
    """All that the solutions' modules define: `reference.sigmoid(Z)`, `reference.MLP`, `reference.ACTIVATIONS`."""
    modules = [import_module(f"{PACKAGE}.{topic.name}") for topic in catalogue_of(pytestconfig).topics]
    return SimpleNamespace(
        **{name: value for module in modules for name, value in vars(module).items() if name[0] != "_"}
    )


@pytest.fixture
def pictures():
    """What people shall see of the values that came back; it changes no verdict."""
    return Pictures()
