"""Results of an exercise's tests in the student's own process, and their words. Called by `ladder` and `notebook`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.kit.check import CheckFailed
from autograder.kit.messages import describe_call
from autograder.kit.student import CallFailed

WIDTH = 78
DONE, WRONG, OPEN = "+", "x", "."


@dataclass(frozen=True)
class Result:
    """One test: the error that it ended with, the sentence that it proves, and what was printed."""

    problem: BaseException | None
    sentence: str
    printed: str

    @property
    def not_started(self) -> bool:
        return isinstance(self.problem, CallFailed) and self.problem.error.kind == "not_started"

    @property
    def unreadable(self) -> str:
        """Why the module can't be imported, if that is the problem."""
        if isinstance(self.problem, CallFailed) and self.problem.error.kind == "missing":
            return "" if "AttributeError" in self.problem.error.type_names else self.problem.error.message
        return ""


def state_of(results: Sequence[Result]) -> str:
    """DONE, WRONG, or OPEN: not started, or no test ran."""
    failed = [result for result in results if result.problem]
    if any(not result.not_started for result in failed):
        return WRONG
    return OPEN if failed or not results else DONE


def first_wrong(results: Sequence[Result]) -> Result:
    """The failure to show."""
    return next(result for result in results if result.problem and not result.not_started)


def needs(results: Sequence[Result]) -> str:
    """ "forward needs relu, which is not started", where an exercise is filled in and waits for another."""
    texts = (str(result.problem) for result in results if result.not_started)
    return next((text for text in texts if " needs " in text), "")


def failure_lines(result: Result) -> Iterator[str]:
    """A failed test in lines: what should be true, and how it isn't."""
    if result.unreadable:
        yield from indented(result.unreadable)
        return
    yield from indented(result.sentence)
    yield ""
    if isinstance(result.problem, CheckFailed):
        yield from (f"  {line}" for line in result.problem.lines())
        if result.problem.hint:
            yield ""
            yield from indented(result.problem.hint)
    elif isinstance(result.problem, CallFailed):
        if result.problem.call:
            called = describe_call(result.problem.call).splitlines()
            yield from (f"  {'' if i else 'called':<10}{line}" for i, line in enumerate(called))
        yield from indented(str(result.problem))
        if place := result.problem.place:
            yield f"  at {place}"
    else:  # a plain assert, or a mistake of the test's
        yield from indented(str(result.problem).split("\n")[0] or type(result.problem).__name__)
    for i, line in enumerate(result.printed.splitlines()[:3]):
        yield f"  {'' if i else 'printed':<10}{line}"[:WIDTH]


def indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
