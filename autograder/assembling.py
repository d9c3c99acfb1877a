"""Which source makes which module: a submission's files and what the sandbox reported of them in, a `Plan` out.
Called by `judge`.

Where an exercise is stub in one source and filled in in another, the filled one counts; where two filled ones differ,
the module's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from autograder.course import PACKAGE, Course
from autograder.kit.exercises import Exercise, Topic
from autograder.sandbox.client import Bundle, SourceReport

LEVELS = 4  # how many folders may lie above the package
COPY = re.compile(r"(?:[\s_-]*+(?:\(\d++\)|copy|checkpoint|\d++))*+")  # possessive: it never tries twice


@dataclass
class Plan:
    """What a worker loads, and what is known of each exercise before it does."""

    bundle: Bundle
    plots: bool  # needs the zygote with Matplotlib
    stubs: frozenset[str] = frozenset()  # ids of exercises whose source still is the stub
    sources: dict[str, str] = field(default_factory=dict)  # exercise id -> path that defines it
    unreadable: frozenset[str] = frozenset()  # paths
    notes: list[str] = field(default_factory=list)  # lines for the verdict's output
    passages: frozenset[int] = frozenset()  # of all that is loaded


@dataclass(frozen=True)
class Layout:
    """The role of each file by its path alone."""

    modules: dict[str, str]  # topic -> path of its module
    init: str | None
    siblings: dict[str, str]  # importable name -> path
    rest: list[str]  # notebooks and single files, the nearest to the top first


def is_called_after(path: str, topic: str) -> bool:
    """Whatever a browser or an editor made of the name: "backprop (1).ipynb", "Copy of backprop-Copy1.ipynb"."""
    stem = re.sub(r"^copy[\s_]of[\s_]", "", PurePosixPath(path).stem.lower())
    return stem.startswith(topic) and COPY.fullmatch(stem, len(topic)) is not None


def layout(paths: Sequence[str], topics: Sequence[str]) -> Layout:
    """Find the package, or the folder in which modules lie flat; the nearest to the top counts."""
    folders: dict[str, dict[str, str]] = {}
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        folder, _, name = path.rpartition("/")
        if name.endswith(".py"):
            folders.setdefault(folder, {})[name.removesuffix(".py")] = path
    named = [f for f in folders if PurePosixPath(f).name == PACKAGE and f.count("/") < LEVELS]
    flat = [f for f in folders if folders[f].keys() & set(topics)]
    packages = [f for f in named if f in flat] or ([] if flat else named)  # a checkout may be called mlp, too
    home = next(iter(packages or flat), None)
    if home is None:
        return Layout({}, None, {}, _in_order(paths, {}))
    inside = folders[home]
    modules = {topic: inside[topic] for topic in topics if topic in inside}
    siblings = {name: path for name, path in inside.items() if name not in (*topics, "__init__")}
    if packages:
        above = folders.get(home.rpartition("/")[0], {})
        siblings = {f"{PACKAGE}.{name}": path for name, path in siblings.items()}
        siblings |= {name: path for name, path in above.items() if name not in topics}
        for folder in (f for f in folders if f.startswith(f"{home}/")):
            parts = [PACKAGE, *folder.removeprefix(f"{home}/").split("/")]
            for name, path in folders[folder].items():
                siblings[".".join(parts if name == "__init__" else [*parts, name])] = path
    return Layout(modules, inside.get("__init__") if packages else None, siblings, _in_order(paths, modules))


def _in_order(paths: Sequence[str], modules: Mapping[str, str]) -> list[str]:
    """All that may define exercises besides the modules: notebooks first."""
    taken = set(modules.values())
    rest = [path for path in paths if path not in taken and not path.endswith("__init__.py")]
    return sorted(rest, key=lambda path: (path.endswith(".py"), path.count("/"), path))


def assemble(
    files: Mapping[str, bytes], reports: Mapping[str, SourceReport], course: Course, assignment: str | None
) -> Plan:
    """Plan the judging of the whole kit or, with `assignment`, of one topic beside the given modules before it."""
    topics = course.catalogue.topics
    found = layout(list(files), [topic.name for topic in topics])
    judged = [topic for topic in topics if assignment in (None, topic.name)]
    modules: dict[str, str] = dict(found.siblings)
    if found.init:
        modules[PACKAGE] = found.init
    given: dict[str, bytes] = {}
    if assignment is not None:
        for topic in topics[: topics.index(judged[0])]:
            path = f"given/{PACKAGE}/{topic.name}.py"
            given[path] = (course.solutions / PACKAGE / f"{topic.name}.py").read_bytes()
            modules[f"{PACKAGE}.{topic.name}"] = path
    unreadable = {path: f"{path}: {report.error}." for path, report in reports.items() if report.error}
    plan = Plan(Bundle({}, {}), plots=False, unreadable=frozenset(unreadable), notes=list(unreadable.values()))
    takes: dict[str, str] = {}
    stubs = set()
    for topic in judged:
        candidates = _candidates(topic, found, reports)
        if not candidates:
            continue
        base = next((path for path in candidates if not reports[path].error), candidates[0])
        modules[f"{PACKAGE}.{topic.name}"] = base
        for exercise in topic.exercises:
            source = _source(exercise, [base, *candidates], reports, plan.notes)
            if source and source != base:
                takes[exercise.id] = source
            if source and reports[source].names[exercise.name] == "stub":
                stubs.add(exercise.id)
            plan.sources[exercise.id] = source or base
    exercises = tuple(exercise.id for topic in judged for exercise in topic.exercises)
    classes = tuple(exercise.id for exercise in course.catalogue.constructors)
    plan.bundle = Bundle({**files, **given}, modules, takes, exercises, classes)
    plan.stubs = frozenset(stubs)
    used = {*modules.values(), *takes.values()}
    loaded = [reports[path] for path in used if path in reports]
    plan.plots = any(report.plots for report in loaded)
    plan.passages = frozenset(passage for report in loaded for passage in report.passages)
    return plan


def _candidates(topic: Topic, found: Layout, reports: Mapping[str, SourceReport]) -> list[str]:
    """Sources that may define the topic's exercises, the most proper one first."""
    names = {exercise.name for exercise in topic.exercises}
    module = [found.modules[topic.name]] if topic.name in found.modules else []
    named = [path for path in found.rest if is_called_after(path, topic.name) and _is_loose(path, found)]
    holding = [path for path in found.rest if reports[path].names.keys() & names]
    return list(dict.fromkeys([*module, *named, *holding]))


def _is_loose(path: str, found: Layout) -> bool:
    return path.endswith(".ipynb") or path not in found.siblings.values()


def _source(
    exercise: Exercise, candidates: Sequence[str], reports: Mapping[str, SourceReport], notes: list[str]
) -> str | None:
    """The source whose definition counts; None where none is seen in the text."""
    defining = [path for path in dict.fromkeys(candidates) if exercise.name in reports[path].names]
    filled = [path for path in defining if reports[path].names[exercise.name] == "filled"]
    prints = {reports[path].fingerprints.get(exercise.name) for path in filled}
    if len(prints) > 1:
        notes.append(f"{exercise.name}: differs in {' and '.join(filled[:3])}; {filled[0]} counts.")
    return next(iter(filled or defining), None)
