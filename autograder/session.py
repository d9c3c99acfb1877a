"""The judging of one submission: which tests run in which worker, and what their outcomes mean. Called by `judge` and
`explain`.

One worker runs all tests; an exercise that failed there gets a worker of its own, and that counts: state that one
exercise leaves is not another's fault. After others that failed, right ones stand in their place there: a mistake costs
the points of its own exercise only."""

import time
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from autograder.assembling import Plan, is_called_after
from autograder.course import PACKAGE
from autograder.diagnosis.evidence import Case as Evidence
from autograder.diagnosis.evidence import Recording
from autograder.diagnosis.naming import Cause, cause_of
from autograder.errors import AutograderError
from autograder.kit.check import Check, CheckFailed
from autograder.kit.exercises import Exercise
from autograder.kit.student import Backend, CallFailed, Student
from autograder.names import display
from autograder.pictures import Pictures
from autograder.points import Attempt, points_by_hand, points_of
from autograder.sandbox.client import Loaded, Worker
from autograder.sandbox.limited import Limited
from autograder.secret import Seeds
from autograder.suite import Case, Test
from autograder.verdict import ExerciseResult, Picture, TestResult

if TYPE_CHECKING:
    from autograder.judge import Judge

BUDGET = 180.0  # CPU seconds of a submission's workers, all together; on the clock `Limits.backstop` times that
BROKEN = "A test itself broke"  # how a line of the output begins that is about the course, not the submission
NOTES = 8  # lines of the output about one submission's loading


class Session:
    """The judging of one submission."""

    def __init__(self, judge: "Judge", plan: Plan, seeds: Seeds):
        self._judge, self._plan, self._seeds = judge, plan, seeds
        self._loaded = Loaded({}, {}, frozenset(), [])
        self._timed_out: set[str] = set()  # exercises that are not called again
        self._refused = self._timed_out
        self._spent, self._started = 0.0, time.monotonic()
        self.attempts: dict[str, Attempt] = {}  # by name of the test
        self.states: dict[str, str] = {}  # of exercises that aren't tested at all
        self.judged_with: dict[str, list[str]] = {}  # exercise -> those that right ones stood for
        self._stood_in: dict[str, list[Exercise]] = {}  # the same, with those that weren't called
        self._broken: list[str] = []  # what failed on our side, beside tests
        self.causes: dict[str, Cause] = {}  # exercise -> why it failed, where that is certain
        self.by_hand: dict[str, float] = {}

    def run(self) -> None:
        with self.worker() as worker:
            self.load(worker)
            self._read_calculations(worker)
            tested = [exercise for exercise in self._judge.exercises if exercise.id not in self.states]
            # The last exercise first: what needs an earlier one to have been called before would pass otherwise.
            tests = [test for exercise in reversed(tested) for test in self._judge.tests_of(exercise)]
            self._attempt(tests, worker)
            self._spent += worker.cpu_seconds
        in_time = {name for name, attempt in self.attempts.items() if attempt.failure is None}
        wrong = [exercise for exercise in self._judge.exercises if self._fails(exercise.id)]
        before: list[Exercise] = []
        for exercise in wrong:
            was = self.states.get(exercise.id)
            if before and was in (None, "blocked"):
                self._follow_through(exercise, before)
            if was is None and exercise.id not in self._stood_in:
                self._alone(self._judge.tests_of(exercise), in_time)
            elif was is None and self.judged_with[exercise.id]:
                self._without_stand_ins(exercise, in_time)
            if self._fails(exercise.id) or (was is None and exercise.id in self._stood_in):
                before.append(exercise)
        for exercise in wrong:
            if exercise.id not in self.states and self._fails(exercise.id):
                evidence = [
                    case for test in self._judge.tests_of(exercise) for case in self.attempts[test.name].evidence
                ]
                try:
                    cause = cause_of(self._judge.bank, exercise, evidence)
                except Exception as problem:  # our bug, which must not cost anybody a verdict
                    self._broken.append(f"the search for what is wrong with {exercise.name} ({type(problem).__name__})")
                    continue
                if cause:
                    self.causes[exercise.id] = cause

    def _follow_through(self, exercise: Exercise, wrong: Sequence[Exercise]) -> None:
        """Judge an exercise that failed with right ones in the place of earlier ones that did."""
        with self._worker_with(exercise, wrong) as worker:
            if self._is_used_up(worker):
                return
            loaded, module = worker.load(), f"{PACKAGE}.{exercise.topic}"
            if module in loaded.errors or module in loaded.blocked or exercise.id in loaded.missing:
                return
            was_blocked = self.states.pop(exercise.id, None) is not None
            if any(other.id in self._timed_out for other in wrong):
                self._timed_out.discard(exercise.id)
            tests = self._judge.tests_of(exercise)
            failed = [t for t in tests if t.name not in self.attempts or self.attempts[t.name].failure is not None]
            self._attempt(failed, worker, keep=True)
            self._spent += worker.cpu_seconds
            lent = worker.lent()
        self.judged_with[exercise.id] = [other.id for other in wrong if was_blocked or other.id in lent]
        self._stood_in[exercise.id] = list(wrong)

    def _alone(self, tests: Iterable[Test], in_time: Collection[str]) -> None:
        """Judge an exercise that failed in a worker of its own."""
        with self.worker() as worker:
            self._attempt(tests, worker, in_time=in_time, keep=True)
            self._spent += worker.cpu_seconds

    def _without_stand_ins(self, exercise: Exercise, in_time: Collection[str]) -> None:
        """What failed with right ones standing by, which it called, is tried with the student's. The better counts."""
        tests, followed = self._judge.tests_of(exercise), dict(self.attempts)
        failed = [test for test in tests if followed[test.name].failure is not None]
        if not failed:
            return
        self._alone(failed, in_time)
        for test in failed:
            own, other = self.attempts[test.name], followed[test.name]
            if own.failure is not None and (own.raised or not other.raised):
                self.attempts[test.name] = other
        redone = [test.name for test in tests if test.name not in in_time]
        if all(self.attempts[name] is not followed[name] for name in redone):  # nothing that counts was lent
            del self.judged_with[exercise.id], self._stood_in[exercise.id]

    def worker(self) -> Worker:
        return self._judge.sandbox.worker(self._plan.bundle, plots=self._plan.plots)

    def worker_of(self, exercise: Exercise) -> Worker:
        """One in which the exercise goes as it was judged in the end."""
        wrong = self._stood_in.get(exercise.id)
        return self._worker_with(exercise, wrong) if wrong else self.worker()

    def _worker_with(self, exercise: Exercise, wrong: Sequence[Exercise]) -> Worker:
        """With right exercises in the place of `wrong`."""
        bundle, reference = self._judge.replacements.bundles(
            self._plan, exercise, wrong, self._loaded.errors, self._timed_out
        )
        return self._judge.sandbox.worker(bundle, plots=self._plan.plots, reference=reference)

    def load(self, worker: Worker) -> None:
        """Load the submission, and find the exercises that can't be tested."""
        self._loaded = worker.load()
        for exercise in self._judge.exercises:
            module = f"{PACKAGE}.{exercise.topic}"
            if exercise.id in self._plan.stubs:
                self.states[exercise.id] = "not_started"
            elif module in self._loaded.blocked:
                self.states[exercise.id] = "blocked"
            elif module in self._loaded.errors:
                self.states[exercise.id] = "failed"
            elif exercise.id in self._loaded.missing or module not in self._plan.bundle.modules:
                self.states[exercise.id] = "missing"

    def _attempt(
        self, tests: Iterable[Test], worker: Worker, *, in_time: Collection[str] = frozenset(), keep: bool = False
    ) -> None:
        """Run tests in one worker, each up to its first case that fails. Those that were `in_time` may call what timed
        out in a later one. `keep` what they called as evidence."""
        for test in tests:
            attempt = self.attempts[test.name] = Attempt()
            self._refused = set() if test.name in in_time else self._timed_out
            for case in test.cases:
                self._run(case, worker, attempt, keep=keep)
                if attempt.failure is not None:
                    break

    def run_case(
        self, case: Case, worker: Worker, pictures: Pictures, evidence: Evidence | None = None
    ) -> tuple[Student, Exception | None]:
        """The student's side of one case, and the error that it ended with. `evidence` is where to keep the calls."""
        backend: Backend = Limited(worker, self._refused, self._timed_out, lambda: self._is_used_up(worker))
        if evidence:
            backend = Recording(backend, evidence)
        student = Student(self._judge.course.catalogue, backend, self._judge.parameters, self._judge.docs)
        fixtures = {
            "student": student,
            "rng": self._seeds.rng(case.name),
            "check": Check(student),
            "reference": self._judge.suite.reference,
            "pictures": pictures,
        }
        try:
            if not worker.alive and not self._is_used_up(worker):
                worker.load()
            case.run(fixtures)
        except AutograderError:  # the sandbox's: nobody can be judged
            raise
        except Exception as problem:
            return student, problem
        return student, None

    def _is_used_up(self, worker: Worker) -> bool:
        """The time for the whole submission. The worker is asked for its own only once it could be too much: it and the
        one that lends to it use at most two seconds in each."""
        elapsed = time.monotonic() - self._started
        if elapsed > self._judge.sandbox.limits.backstop * BUDGET:
            return True
        return self._spent + 2 * elapsed > BUDGET and self._spent + worker.cpu_seconds > BUDGET

    def _run(self, case: Case, worker: Worker, attempt: Attempt, *, keep: bool) -> None:
        if keep:
            attempt.evidence.append(Evidence())
        pictures = Pictures()
        student, problem = self.run_case(case, worker, pictures, attempt.evidence[-1] if keep else None)
        attempt.pictures += pictures.shown
        if isinstance(problem, (CallFailed, CheckFailed)):
            attempt.failure = display(problem.summary)
            attempt.raised = isinstance(problem, CallFailed)
        elif isinstance(problem, AssertionError):
            attempt.failure = "not so"
        elif problem:
            attempt.failure = (
                f"The test itself broke ({type(problem).__name__}). Tell your teacher: this is not your fault."
            )
            attempt.broken = True
        attempt.called |= student.called

    def _read_calculations(self, worker: Worker) -> None:
        """Hand calculations, where the assignment's notebook was handed in."""
        course, bundle = self._judge.course, self._plan.bundle
        for topic in {exercise.topic: None for exercise in self._judge.exercises}:
            path = bundle.modules.get(f"{PACKAGE}.{topic}", "")
            if self._judge.assignment is None or not path.endswith(".ipynb"):
                notebooks = [path for path in bundle.files if path.endswith(".ipynb")]
                path = next((path for path in notebooks if is_called_after(path, topic)), "")
            for item in course.by_hand[topic] if self._judge.assignment else ():
                values = worker.values(path, list(item.answers)) if path else {}
                self.by_hand[item.name] = points_by_hand(item, values)

    def marked(self, exercise: Exercise) -> tuple[ExerciseResult, list[TestResult]]:
        """Points of one exercise and its tests, once all tests have run."""
        state = self.states.get(exercise.id)
        reason = self.reason(exercise) if state else ""
        tests = self._judge.tests_of(exercise)
        attempts = [Attempt(reason) if state else self.attempts[test.name] for test in tests]
        void = [self._is_void(exercise, attempt) for attempt in attempts]
        return points_of(
            exercise, tests, attempts, void, state, self.judged_with.get(exercise.id, []), self.causes.get(exercise.id)
        )

    def pictures(self) -> dict[str, list[Picture]]:
        """What the tests showed, by exercise."""
        shown = {
            exercise.id: [picture for test in self._judge.tests_of(exercise) for picture in self._shown(test)]
            for exercise in self._judge.exercises
        }
        return {name: pictures for name, pictures in shown.items() if pictures}

    def _shown(self, test: Test) -> list[Picture]:
        return self.attempts[test.name].pictures if test.name in self.attempts else []

    def _is_void(self, exercise: Exercise, attempt: Attempt) -> bool:
        """It failed, and called a later exercise that fails: nobody can tell whose fault it is."""
        if attempt.failure is None:
            return False
        order = [e.id for e in self._judge.course.catalogue.exercises]
        later = [name for name in attempt.called if order.index(name) > order.index(exercise.id)]
        return any(self._fails(name) for name in later)

    def _fails(self, exercise_id: str) -> bool:
        own = self._judge.tests_of(self._judge.course.catalogue.find(exercise_id))
        failed = (self.attempts.get(test.name, Attempt(failure="")).failure is not None for test in own)
        return exercise_id in self.states or any(failed)

    def reason(self, exercise: Exercise) -> str:
        """Why an exercise with a state of its own isn't tested."""
        module = f"{PACKAGE}.{exercise.topic}"
        return {
            "not_started": "Not started: the code still is the stub.",
            "missing": f"Missing: there is no {exercise.name}.",
            "blocked": f"Blocked: it needs {self._loaded.blocked.get(module, '')}, which could not be loaded.",
            "failed": f"Could not be loaded: {self._loaded.errors.get(module, '')}",
        }[self.states[exercise.id]]

    def notes(self, exercises: dict[str, ExerciseResult]) -> list[str]:
        """What couldn't be read or loaded. Notebook cells are named only where something was lost by them."""
        broken = sorted(name for name, attempt in self.attempts.items() if attempt.broken) + self._broken
        lines = [f"{BROKEN}: {', '.join(broken)}. Tell the course's author."] if broken else []
        lines += self._plan.notes
        said = tuple(f"{path}{sign}" for path in self._plan.unreadable for sign in ":,")
        errors = [text for text in self._loaded.errors.values() if not text.startswith(said)]
        lines += [text if text.endswith(".") else f"{text}." for text in errors]
        lost = {self._plan.sources.get(name) for name, e in exercises.items() if e.state in ("missing", "failed")}
        for note in self._loaded.notes:
            if "NotImplementedError" not in note and any(path and note.startswith(path) for path in lost):
                lines.append(note)
        lines = list(dict.fromkeys(lines))
        return lines[:NOTES] + [f"… and {len(lines) - NOTES} more."] * (len(lines) > NOTES)
