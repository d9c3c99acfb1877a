"""A bundle's sources as importable modules, in the worker that runs them: from bytes, never from files.

`Library.load` imports every module and says how it went; `find` gives what an exercise's calls go to. A module that
fails costs itself only, and what imports it is blocked. Called by `worker`."""

import builtins
import functools
import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

from autograder.sandbox.bundle import PACKAGE, Bundle, Loaded
from autograder.sandbox.replacing import Peer, Replacing
from autograder.sandbox.running import Namespace, NotRunError, explain, run_mended, run_module, run_notebook

FAKES = ("autograder", "IPython")  # notebooks import from them, and nothing that they do matters here


class Library:
    """It stays the finder and loader of the import system as long as the worker lives, since functions import late."""

    def __init__(
        self,
        bundle: Bundle,
        avoid: Mapping[tuple[str, int], str],
        at: Callable[[str, int], None],
        peer: Peer | None = None,
    ):
        """`avoid`: (path, cell; 0 for the whole source) -> why it isn't run. `at` is told what runs from now on. `peer`
        lends what the bundle replaces."""
        self.bundle, self.avoid, self.at = bundle, avoid, at
        self.replacing = Replacing(peer, bundle.replaced, bundle.imitated, bundle.exercises) if peer else None
        flat = {name.rpartition(".")[2]: path for name, path in bundle.modules.items()}  # `import activations`
        self.modules = {
            n: p for n, p in flat.items() if n not in sys.stdlib_module_names and n != PACKAGE
        } | bundle.modules
        self.packages = {PACKAGE, *(name.rpartition(".")[0] for name in bundle.modules if "." in name)}
        self.packages |= {name for name, path in bundle.modules.items() if path.endswith("/__init__.py")}
        self.names: dict[str, list[str]] = {}  # path -> its modules' names, the most proper one first
        for name in {**bundle.modules, **self.modules}:
            self.names.setdefault(self.modules[name], []).append(name)
        self.exercises = [exercise.partition(".")[2] for exercise in {*bundle.exercises, *bundle.takes}]
        self.spaces: dict[str, ModuleType] = {}  # path -> its module, run or running
        self.failed: dict[str, BaseException] = {}
        self.why: dict[str, str] = {}  # path -> why it failed, in one line
        self.running: list[tuple[str, int]] = []
        self.notes: list[str] = []

    def load(self) -> Loaded:
        sys.meta_path.insert(0, self)
        vars(builtins).update(get_ipython=Nothing, display=nothing)
        errors: dict[str, str] = {}
        blocked: dict[str, str] = {}
        for giver in dict.fromkeys(self.bundle.takes.values()):  # first, so that it is there when its names are bound
            try:
                self.run(giver)
            except BaseException as error:
                self.notes.append(self.why.get(giver) or explain(error, giver))
        wanted = {f"{PACKAGE}.{exercise.partition('.')[0]}" for exercise in self.bundle.exercises}
        for name in sorted(self.bundle.modules, key=lambda name: name not in wanted):
            path = self.bundle.modules[name]
            if wanted and name not in wanted and path not in self.failed:
                continue  # whoever needs it imports it, and scripts are not for running
            try:
                importlib.import_module(name)
            except BaseException as error:  # SystemExit and KeyboardInterrupt too: they end a module, not the worker
                if culprit := self._culprit(error, path):
                    blocked[name] = culprit
                else:
                    errors[name] = self.why.get(path) or explain(error, path)
        for topic, name in self._not_as_written():  # again, for what was bound while its source was still running
            if module := self.spaces.get(self._home(topic)):
                vars(module)[name] = self.standing(topic, name, vars(module).get(name))
        missing = {
            e for e in self.bundle.exercises if self._home(e.partition(".")[0]) in self.spaces and self.find(e) is None
        }
        return Loaded(errors, blocked, frozenset(missing), self.notes)

    def find(self, exercise: str) -> Any:
        """The function, class or method of that exercise id; None if there is none."""
        topic, *names = exercise.split(".")
        found: Any = self.spaces.get(self._home(topic)) or self.spaces.get(self.bundle.takes.get(exercise, ""))
        for name in names:
            found = getattr(found, name, None)
        return found

    def _home(self, topic: str) -> str:
        return self.modules.get(f"{PACKAGE}.{topic}", "")

    def _culprit(self, error: BaseException, path: str) -> str | None:
        """The module that failed before and that this failure comes from."""
        seen: set[int] = set()
        cause: BaseException | None = error
        while cause is not None and id(cause) not in seen:
            seen.add(id(cause))
            first = next((other for other, failure in self.failed.items() if failure is cause), path)
            if first != path:  # it goes on through whatever imports it, but it failed there first
                return self.names[first][0]
            if isinstance(cause, ImportError) and cause.name and cause.name not in self.names.get(path, ()):
                topic = cause.name.removeprefix(f"{PACKAGE}.")
                if any(exercise.startswith(f"{topic}.") for exercise in self.bundle.exercises):
                    return f"{PACKAGE}.{topic}"
            cause = cause.__cause__ or cause.__context__
        return None

    # The import system's protocol: finder and loader.

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name in self.modules or name in self.packages:
            return ModuleSpec(name, self, is_package=name in self.packages)  # type: ignore[arg-type]
        if name.partition(".")[0] in FAKES:
            return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return Fake(spec.name) if spec.name.partition(".")[0] in FAKES else None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__spec__.name if module.__spec__ else module.__name__
        if name in self.modules:
            sys.modules[name] = self.run(self.modules[name])  # one module object, however many names it has

    # Running sources.

    def run(self, path: str) -> ModuleType:
        """The source's module, run if it wasn't."""
        if path in self.failed:
            raise self.failed[path].with_traceback(None)
        if path in self.spaces:
            return self.spaces[path]
        names = self.names.get(path, ["notebook"])
        module = module_from_spec(ModuleSpec(names[0], self, is_package=names[0] in self.packages))  # type: ignore[arg-type]
        module.__file__ = path
        self.spaces[path] = module
        self._bind(names, module)
        try:
            self._execute(path, module)
        except BaseException as error:
            if names[0] == PACKAGE:  # its modules count, whatever it does itself
                self.notes.append(explain(error, path))
            else:
                self.failed[path], self.why[path] = error, explain(error, path)
                del self.spaces[path]
                self._bind(names, None)
                raise
        return module

    def _bind(self, names: list[str], module: ModuleType | None) -> None:
        """Let imports find the module, or not any more."""
        for name in names:
            parent, _, child = name.rpartition(".")
            places = [(sys.modules, name)] + ([(vars(sys.modules[parent]), child)] if parent in sys.modules else [])
            for space, key in places:
                space.pop(key, None)
                if module:
                    space[key] = module

    def _execute(self, path: str, module: ModuleType) -> None:
        space, source = vars(module), self.bundle.files[path]
        scope: Any = space
        for topic in {topic for topic, _ in self._not_as_written()}:
            if self._home(topic) == path:
                scope = Namespace(scope, functools.partial(self.standing, topic))
                if replacing := self.replacing:
                    for name in replacing.names_in(topic):
                        space[name] = replacing.standing(f"{topic}.{name}", None)  # be it defined or not
        with self._now(path):
            if path in self.bundle.mended:
                run_mended(path, self.bundle.mended[path], b"" if (path, 0) in self.avoid else source, space, scope)
                return
            if (path, 0) in self.avoid:
                raise NotRunError(f"{path}: {self.avoid[path, 0]}")
            if not path.endswith(".ipynb"):
                run_module(path, source, space, scope, self.exercises)
                return
            self.notes += run_notebook(path, source, space, scope, self.exercises, functools.partial(self._avoid, path))

    @contextmanager
    def _now(self, path: str) -> Iterator[None]:
        self.running.append((path, 0))
        self.at(path, 0)
        try:
            yield
        finally:
            self.running.pop()
            if self.running:
                self.at(*self.running[-1])

    def _avoid(self, path: str, cell: int) -> str | None:
        self.running[-1] = (path, cell)
        self.at(path, cell)
        return self.avoid.get((path, cell))

    # Exercises that are taken from another source than their module's, or replaced.

    def _not_as_written(self) -> set[tuple[str, str]]:
        """(topic, name) of functions and classes."""
        found = (exercise.split(".") for exercise in (*self.bundle.takes, *self.bundle.replaced))
        return {(topic, name) for topic, name, *_ in found}

    def standing(self, topic: str, name: str, value: Any) -> Any:
        """What is bound to `name` in the topic's module, where the source says `value`."""
        exercise, home = f"{topic}.{name}", self._home(topic)
        giver = self.bundle.takes.get(exercise, home)
        result = value
        if giver != home:
            result = self._given(giver, name, value)
        if isinstance(result, type):
            for method in (e for e in {*self.bundle.exercises, *self.bundle.takes} if e.startswith(f"{exercise}.")):
                source = self.bundle.takes.get(method, home)
                owner = value if source == home else self._given(source, name, None)
                bare = method.rpartition(".")[2]
                if owner is not result and isinstance(owner, type) and bare in vars(owner):
                    setattr(result, bare, vars(owner)[bare])
        return self.replacing.standing(exercise, result) if self.replacing else result

    def _given(self, giver: str, name: str, value: Any) -> Any:
        if giver in self.spaces and all(path != giver for path, _ in self.running):
            return getattr(self.spaces[giver], name, value)
        if value is None or isinstance(value, type) or giver in self.failed:
            return value  # a class is set again when everything has run

        def later(*args: Any, **kwargs: Any) -> Any:
            return getattr(self.run(giver), name, value)(*args, **kwargs)

        return functools.update_wrapper(later, value)


def nothing(*args: Any, **kwargs: Any) -> None:
    pass


class Nothing:
    """The shell that `get_ipython()` gives: all of its methods do nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing


class Fake(ModuleType):
    """A module from which any name can be imported, and whose functions do nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return vars(builtins).get(name, nothing)
