"""The `reference` fixture of hidden tests: everything that the solutions' modules define, by its bare name."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from autograder.kit.plugin import catalogue_of
from autograder.kit.student import PACKAGE


@pytest.fixture(scope="session")
def reference(pytestconfig):
    """`reference.sigmoid(Z)`, `reference.MLP`, `reference.ACTIVATIONS`."""
    modules = [import_module(f"{PACKAGE}.{topic.name}") for topic in catalogue_of(pytestconfig).topics]
    return SimpleNamespace(
        **{name: value for module in modules for name, value in vars(module).items() if name[0] != "_"}
    )
