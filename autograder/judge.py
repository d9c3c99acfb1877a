"""A submission in, a verdict out: its sources are parsed and run in the sandbox, the tests run here. Called by `batch`,
`gradebook` and `explain`."""

import copy
import time
import warnings
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import numpy as np

from autograder.assembling import Plan, assemble
from autograder.course import Course
from autograder.diagnosis.bank import Bank
from autograder.kit.exercises import Exercise
from autograder.replacements import Replacements
from autograder.sandbox.client import Limits, Sandbox, SourceReport
from autograder.secret import Seeds
from autograder.session import Session
from autograder.submissions import Submission, is_source
from autograder.suite import Suite, Test, collect
from autograder.verdict import Verdict


class Judge:
    """Warm: the tests are collected and the sandbox is up. Judges any number of submissions, one after the other."""

    def __init__(
        self,
        course: Course,
        secret: bytes,
        assignment: str | None,
        level: str | None = None,
        limits: Limits = Limits(),  # noqa: B008 (frozen)
    ):
        """`level` of isolation: by default the best that this machine gives."""
        self.course, self._secret = course, secret
        self.suite: Suite = collect(course)
        self.replacements = Replacements(course)
        self.bank = Bank(course, self.suite.modules)
        exercises = course.catalogue.exercises
        self._tests = {e.id: [test for test in self.suite.tests if test.exercise == e] for e in exercises}
        self._parameters = {e.id: self.bank.parameters(e) for e in exercises}
        self.sandbox = Sandbox(limits, level)
        self._given = self._passages_given()
        self._take(assignment)

    def _take(self, assignment: str | None) -> None:
        self.assignment = assignment
        topics = [self.course.topic(assignment)] if assignment else self.course.catalogue.topics
        self.exercises = [exercise for topic in topics for exercise in topic.exercises]

    def of(self, assignment: str | None) -> Self:
        """Of another assignment, with the same tests and the same sandbox."""
        other = copy.copy(self)
        other._take(assignment)
        return other

    def __enter__(self) -> "Judge":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sandbox.close()

    def tests_of(self, exercise: Exercise) -> list[Test]:
        return self._tests[exercise.id]

    def seeds(self, student: str) -> Seeds:
        return Seeds(self._secret, student, self.assignment)

    def parameters(self, exercise: Exercise) -> Sequence[str]:
        """Names of the positional arguments, from the reference."""
        return self._parameters[exercise.id]

    def docs(self, exercise: Exercise) -> str:
        """The reference's docstring."""
        return self.bank.reference(exercise).__doc__ or ""

    def basis(self, submission: Submission) -> tuple[str | None, ...]:
        """Of the verdict that `judge` would give."""
        return (
            submission.name, self.assignment, submission.sha256, self.suite.version, self.seeds(submission.name).name,
            self.sandbox.level,
        )  # fmt: skip

    def plan(self, submission: Submission) -> Plan:
        return assemble(submission.files, self._inspect(submission.files), self.course, self.assignment)

    def _inspect(self, files: Mapping[str, bytes]) -> dict[str, SourceReport]:
        return self.sandbox.inspect(files, [exercise.name for exercise in self.course.catalogue.exercises])

    def _passages_given(self) -> frozenset[int]:
        """Of the starter code."""
        folder = self.course.starter_code
        files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if is_source(path.name)}
        return frozenset(passage for report in self._inspect(files).values() for passage in report.passages)

    def passages(self, plan: Plan) -> list[int]:
        """What the code that is loaded is made of, the starter code left out."""
        return sorted(plan.passages - self._given)

    def judge(self, submission: Submission) -> Verdict:
        """Never raises for what a student wrote: that is in the verdict."""
        started = time.perf_counter()
        plan = self.plan(submission)
        session = Session(self, plan, self.seeds(submission.name))
        with warnings.catch_warnings(), np.errstate(all="ignore"):  # a student's values are computed with
            warnings.simplefilter("ignore")
            session.run()
        tests, exercises = [], {}
        for exercise in self.exercises:
            exercises[exercise.id], results = session.marked(exercise)
            tests += results
        _, assignment, sha256, version, seed, isolation = self.basis(submission)
        return Verdict(
            submission.name, assignment, str(sha256), str(version), str(seed), str(isolation), tests, exercises,
            output="\n".join([*submission.problems, *session.notes(exercises)]),
            by_hand=session.by_hand,
            pictures=session.pictures(),
            passages=self.passages(plan),
            execution_time=time.perf_counter() - started,
        )  # fmt: skip
