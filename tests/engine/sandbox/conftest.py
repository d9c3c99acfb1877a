"""One sandbox for all of these tests, with limits so small that what never ends is stopped at once."""

import json

import pytest

from autograder.kit.exercises import Exercise
from autograder.sandbox.client import Bundle, Limits, Sandbox


@pytest.fixture(scope="session")
def sandbox():
    with Sandbox(Limits(call=0.5, load=0.5, memory=256 << 20)) as sandbox:
        yield sandbox


@pytest.fixture
def start(sandbox):
    """start({"mlp/activations.py": source}) -> (worker, loaded). A source of mlp/ is a module, and so is a notebook."""
    workers = []

    def start(files, *, modules=None, takes=None, exercises=(), plots=False, sandbox=sandbox):
        if isinstance(files, str):
            files = {"mlp/activations.py": files}
        files = {path: source if isinstance(source, bytes) else source.encode() for path, source in files.items()}
        if modules is None:
            paths = {path: path.removesuffix(".py").removesuffix(".ipynb").removesuffix("/__init__") for path in files}
            modules = {
                f"mlp.{stem.rpartition('/')[2]}" if stem != "mlp" else stem: path for path, stem in paths.items()
            }
        worker = sandbox.worker(Bundle(files, modules, takes or {}, tuple(exercises)), plots=plots)
        workers.append(worker)
        return worker, worker.load()

    yield start
    for worker in workers:
        worker.close()


@pytest.fixture
def call():
    """call(worker, "activations.relu", Z): what came of it."""

    def call(worker, exercise, *args, instance=None, **kwargs):
        topic, _, name = exercise.partition(".")
        return worker.call(Exercise(topic, name, 1, (), False), instance, args, kwargs)

    return call


@pytest.fixture
def value(call):
    """The same, of a call that has to give a value."""

    def value(worker, exercise, *args, instance=None, **kwargs):
        outcome = call(worker, exercise, *args, instance=instance, **kwargs)
        assert outcome.error is None
        return outcome.value

    return value


@pytest.fixture
def notebook():
    """A notebook with those code cells, as bytes."""

    def notebook(*sources):
        cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
        return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()

    return notebook
