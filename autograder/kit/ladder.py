"""What bare `pytest` prints in the kit: how far the student is, and one thing to do next. Called by `plugin`.

Takes the place of pytest's terminal reporter; with any option of pytest's own (-v, -x, --pdb ...) all is as usual."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any

import pytest
from _pytest.config import create_terminal_writer

from autograder.kit.definitions import definition
from autograder.kit.exercises import Catalogue, Exercise, Topic
from autograder.kit.originals import changes
from autograder.kit.pictures import FILE as PICTURES
from autograder.kit.results import (
    DONE,
    OPEN,
    WIDTH,
    WRONG,
    Result,
    failure_lines,
    first_wrong,
    indented,
    needs,
    state_of,
)
from autograder.kit.student import PACKAGE
from autograder.kit.stumbles import about_loading

NAMES = 15  # column at which a topic's exercises begin
Hook = Generator[None, pytest.TestReport, pytest.TestReport]


class Ladder:
    """The reporter. `narrowed`: only some exercises were asked for."""

    def __init__(self, config: pytest.Config, catalogue: Catalogue, narrowed: bool):
        self._tw = create_terminal_writer(config)  # pytest asks its reporter for it under this name
        self.root, self.catalogue, self.narrowed = config.rootpath, catalogue, narrowed
        self.results: dict[Exercise, list[Result]] = {}
        self.broken: list[str] = []  # test files that can't be read
        self._started = time.perf_counter()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            reason = str(report.longrepr).strip().split("\n")[-1].removeprefix("E").strip()
            self.broken.append(f"{report.nodeid}: {reason}"[:WIDTH])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        if self._tw.hasmarkup:  # a terminal: say that something goes on
            self._tw.write(f"\r{nodeid.split('::')[-1][:WIDTH]:<{WIDTH}}\r", flush=True)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Function, call: pytest.CallInfo[None]) -> Hook:
        item.repr_failure = lambda *args, **kwargs: ""  # type: ignore[method-assign]  # tracebacks cost 30 ms each
        report = yield
        if call.when == "call" or call.excinfo:
            try:
                exercise = self.catalogue.of_test(item.originalname)
            except ValueError as error:
                self.broken.append(str(error))
            else:
                sentence = " ".join((item.function.__doc__ or "").split())
                result = Result(call.excinfo.value if call.excinfo else None, sentence, report.capstdout)
                self.results.setdefault(exercise, []).append(result)
        return report

    def pytest_internalerror(self, excrepr: object) -> None:
        self._tw.line(f"\n{excrepr}")

    def pytest_keyboard_interrupt(self) -> None:
        self._tw.line("\nstopped")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.exitstatus not in (
            pytest.ExitCode.OK,
            pytest.ExitCode.TESTS_FAILED,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        ):
            return
        if self._tw.hasmarkup:
            self._tw.write("\r" + " " * WIDTH + "\r")
        self._write(self.lines(f"in {time.perf_counter() - self._started:.1f} s"))
        done = all(self.state(exercise) == DONE for exercise in self.asked_for())
        session.exitstatus = pytest.ExitCode.OK if done and not self.broken else pytest.ExitCode.TESTS_FAILED

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._tw.line(line.rstrip())

    def show(self, last: str) -> None:
        """Write it to a terminal that goes on showing it, with a last line."""
        if self._tw.hasmarkup:
            self._tw.write("\x1b[2J\x1b[H")
        self._write([*self.lines(), "", last])
        self._tw.flush()

    def state(self, exercise: Exercise) -> str:
        return state_of(self.results.get(exercise, ()))

    def asked_for(self) -> Sequence[Exercise]:
        """What has to be done: extra credit only where it was asked for by name."""
        if self.narrowed:
            return list(self.results)
        return [exercise for exercise in self.catalogue.exercises if not exercise.extra]

    def next(self) -> Exercise | None:
        """The first that is wrong, else the first that isn't started, of what is asked for; then of the rest."""
        for exercises in (self.asked_for(), () if self.narrowed else self.catalogue.exercises):
            for state in (WRONG, OPEN):
                for exercise in exercises:
                    if self.state(exercise) == state:
                        return exercise
        return None

    def lines(self, took: str = "") -> Iterator[str]:
        exercise = self.next()
        yield ""
        yield from self.progress()
        yield ""
        finished = exercise is None or (exercise.extra and self.state(exercise) == OPEN and not self.narrowed)
        for topic in self.catalogue.topics:
            exercises = [item for item in topic.exercises if not self.narrowed or item in self.results]
            if exercises:
                yield from self.topic(topic, exercises, not finished and exercise in exercises)
        yield f"{'+ done   x wrong   . not started':>{WIDTH}}"
        yield ""
        if said := [*self.broken, *(part for line in changes(self.root) for part in textwrap.wrap(line, WIDTH))]:
            yield from [*said, ""]
        if finished:
            yield f"All done, {took}." if took else "All done."
            if not self.narrowed:
                if (self.root / PICTURES).is_file():
                    yield "Look:       pytest --plots   what you built, as pictures"
                yield f"Hand in:    {PACKAGE}/ as a zip, or your notebooks: README.md says how"
                yield "            Marking runs these checks again on other inputs, and a few more."
            if exercise is not None:
                yield f"More:       {exercise.name}   {exercise.points:g} extra points   pytest --only {exercise.name}"
        else:
            assert exercise is not None
            yield from self.step(exercise)

    def progress(self) -> Iterator[str]:
        """Title and bar."""
        exercises = self.asked_for()
        done = [exercise for exercise in exercises if self.state(exercise) == DONE]
        points, total = sum(exercise.points for exercise in done), sum(exercise.points for exercise in exercises)
        said = f"{len(done)} of {len(exercises)} exercises, {points:g} of {total:g} points"
        yield _apart(self.catalogue.title, said)
        share = points / total if total else 0.0
        filled = int(share * (WIDTH - 9))
        yield f"[{'#' * filled:.<{WIDTH - 9}}] {int(share * 100):3} %"

    def topic(self, topic: Topic, exercises: list[Exercise], is_open: bool) -> Iterator[str]:
        """One line of a topic, or all its exercises by name where work is going on."""
        done = sum(exercise.points for exercise in exercises if self.state(exercise) == DONE)
        points = f"{'+' if topic.extra else ''}{done:g}/{sum(exercise.points for exercise in exercises):g}"
        head = f"  {topic.name:<{NAMES - 3}} "
        marks = [self.state(exercise) for exercise in exercises]
        if reason := next(filter(None, map(self.unreadable, exercises)), ""):
            room = WIDTH - NAMES - len(points) - 2
            yield _apart(head + textwrap.shorten(f"x {reason}", room, placeholder=" ..."), points)
        elif is_open:
            names = [f"{mark} {exercise.name}" for mark, exercise in zip(marks, exercises, strict=True)]
            rows = ["".join(f"{name:<28}" for name in names[i : i + 2]).rstrip() for i in range(0, len(names), 2)]
            yield _apart(head + rows[0], points)
            yield from (" " * NAMES + row for row in rows[1:])
        else:
            yield _apart(head + " ".join(marks) + ("   extra credit" if topic.extra else ""), points)

    def _names(self) -> set[str]:
        return {exercise.name.partition(".")[0] for exercise in self.catalogue.exercises}

    def unreadable(self, exercise: Exercise) -> str:
        return next((result.unreadable for result in self.results.get(exercise, ()) if result.unreadable), "")

    def step(self, exercise: Exercise) -> Iterator[str]:
        """The one thing to do next."""
        if reason := self.unreadable(exercise):
            yield f"Wrong: {PACKAGE}/{exercise.topic}.py can't be imported"
            yield from indented(reason)
            if advice := about_loading(reason, self._names()):
                yield ""
                yield from indented(advice)
            return
        about = definition(self.root, exercise)
        wrong = self.state(exercise) == WRONG
        points = f"{exercise.points:g} point{'' if exercise.points == 1 else 's'}"
        head = f"{'Wrong' if wrong else 'Next'}: {about.signature}   {points}"
        if len(head) + len(about.where) + 2 <= WIDTH:
            yield _apart(head, about.where)
        else:
            yield _apart(f"{'Wrong' if wrong else 'Next'}: {exercise.name}   {points}", about.where)
            yield from textwrap.wrap(about.signature, WIDTH, initial_indent="  ", subsequent_indent="      ")
        if about.asked:
            yield from indented(about.asked)
        if about.example and not wrong:
            yield from (f"  {line}" for line in about.example)
        results = self.results.get(exercise, [])
        if wrong:
            yield ""
            first = first_wrong(results)
            yield from failure_lines(first)
            if advice := about_loading(str(first.problem), self._names()):
                yield from indented(advice)
        elif needs(results):
            yield f"  {needs(results)}."
        elif about.is_filled_in:
            yield from indented(
                f'There is code, but also still the line  raise NotImplementedError("{exercise.name}"). Take that line '
                "out, save, run pytest."
            )
        else:
            yield from indented(f'Replace the line  raise NotImplementedError("{exercise.name}"),  save, run pytest.')
        yield ""
        notebook = self.root / "notebooks" / f"{exercise.topic}.ipynb"
        if not wrong and notebook.is_file():
            yield f"Read:       notebooks/{notebook.name}"
        if exercise.hints:
            yield f"Stuck:      pytest --hint {exercise.name}"
        if wrong and not self.narrowed:
            yield f"This one:   pytest --only {exercise.name}"


def _apart(left: str, right: str) -> str:
    """Two texts at the ends of a line."""
    return f"{left}{right:>{max(WIDTH - len(left), len(right) + 2)}}"


def hints(catalogue: Catalogue, asked: str) -> list[str]:
    """The lines of `--hint relu` (the first hint) or `--hint relu:2` (the first two)."""
    name, _, number = asked.partition(":")
    exercise = catalogue.find(name)
    count = min(int(number) if number.isdigit() else 1, len(exercise.hints))
    lines = [
        line
        for i, hint in enumerate(exercise.hints[:count], 1)
        for line in textwrap.wrap(f"Hint {i} of {len(exercise.hints)}: {hint}", WIDTH)
    ]
    if count < len(exercise.hints):
        lines.append(f"Next:       pytest --hint {exercise.name}:{count + 1}")
    return lines or [f"{exercise.name} has no hints."]


def wants_ladder(config: pytest.Config) -> bool:
    """In a kit, and with no option of pytest's own on the command line."""
    own = {"--only", "--hint", "--watch"}
    theirs = any(str(a).startswith("-") and str(a).partition("=")[0] not in own for a in config.invocation_params.args)
    option: Any = config.option
    in_kit = (config.rootpath / "exercises.json").is_file()
    return in_kit and not theirs and not option.verbose and not option.usepdb
