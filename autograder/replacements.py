"""What is judged where earlier exercises failed: the same submission with right ones in their place. A plan and the
exercises that failed in, two bundles out: the submission's, and the reference's that lends. Called by `judge`."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.assembling import Plan
from autograder.course import PACKAGE, Course
from autograder.errors import AutograderError
from autograder.kit.exercises import Exercise
from autograder.sandbox.client import CONSTRUCTOR, Bundle


class Replacements:
    """Of one course."""

    def __init__(self, course: Course):
        self._catalogue = course.catalogue
        names = [topic.name for topic in course.catalogue.topics]
        self._modules = {f"{PACKAGE}.{name}": f"{PACKAGE}/{name}.py" for name in names}
        self._files = {path: (course.solutions / path).read_bytes() for path in self._modules.values()}
        self._stubs = {name: _read(course.starter_code / PACKAGE / f"{name}.py") for name in names}

    def bundles(
        self,
        plan: Plan,
        exercise: Exercise,
        wrong: Sequence[Exercise],
        failed: Collection[str],
        hopeless: Collection[str],
    ) -> tuple[Bundle, Bundle]:
        """To judge `exercise` with right ones in the place of `wrong`, all earlier: the submission's bundle, and the
        reference's. `failed`: modules that can't be loaded; their stubs stand for them, with what works of theirs.
        `hopeless`: ids of exercises that aren't called any more, not even to see what their results are like."""
        replaced = self._replaced(exercise, wrong)
        files, modules, mended = dict(plan.bundle.files), dict(plan.bundle.modules), {}
        for topic in {other.topic for other in wrong} - {exercise.topic}:
            module = f"{PACKAGE}.{topic}"
            if module not in modules:
                modules[module] = f"stub/{PACKAGE}/{topic}.py"
                files[modules[module]] = self._stubs[topic]
            elif module in failed:
                mended[modules[module]] = self._stubs[topic]
        bundle = replace(
            plan.bundle, files=files, modules=modules, mended=mended,
            replaced=tuple(replaced),
            imitated=tuple(name for name in replaced if name.removesuffix(f".{CONSTRUCTOR}") not in hopeless),
        )  # fmt: skip
        methods = [e.id for e in self._catalogue.exercises if e.owner and e.id.rpartition(".")[0] in replaced]
        return bundle, Bundle(self._files, self._modules, exercises=(*replaced, *methods))

    def _replaced(self, exercise: Exercise, wrong: Sequence[Exercise]) -> list[str]:
        """A class is replaced as a whole where any of it is wrong, but for its own methods: there one by one."""
        ids: dict[str, None] = {}
        for other in wrong:
            owner = self._catalogue.find(other.owner) if other.owner else other
            if owner.name not in self._catalogue.classes:
                ids[other.id] = None
            elif exercise.owner == owner.name:
                ids[other.id if other.owner else f"{other.id}.{CONSTRUCTOR}"] = None
            else:
                ids[owner.id] = None
        return list(ids)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise AutograderError(f"{path}: no such file, and it is needed to judge. Run `autograder build`.") from None
