"""A worker that isn't asked again for what once timed out, nor beyond the submission's time. Called by `session`."""

from collections.abc import Callable, Collection
from typing import Any

from autograder.kit.calls import Error, Notes, Outcome
from autograder.kit.exercises import Exercise
from autograder.sandbox.client import Worker


class Limited:
    """A `Backend`."""

    def __init__(self, worker: Worker, refused: Collection[str], timed_out: set[str], is_used_up: Callable[[], bool]):
        """`refused`: ids of exercises, and attributes as ".name". What times out is added to `timed_out`."""
        self._worker, self._refused, self._timed_out, self._is_used_up = worker, refused, timed_out, is_used_up

    def call(self, exercise: Exercise, instance: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
        return self._limited(exercise.id, lambda: self._worker.call(exercise, instance, args, kwargs))

    def read(self, instance: int, name: str) -> Outcome:
        return self._limited(f".{name}", lambda: self._worker.read(instance, name))

    def _limited(self, what: str, ask: Callable[[], Outcome]) -> Outcome:
        if what in self._refused:
            return _timeout("an earlier call did, so it was not tried again")
        if self._is_used_up():
            return _timeout("the time for the whole submission was used up before")
        outcome = ask()
        if outcome.error and outcome.error.kind == "timeout":
            self._timed_out.add(what)
        return outcome


def _timeout(why: str) -> Outcome:
    return Outcome(None, Error("timeout", (), why), Notes())
