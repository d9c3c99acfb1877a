"""The plain data that both sides of the sandbox know: what a worker loads, and what it says about it."""

from dataclasses import dataclass, field

PACKAGE = "mlp"  # the package that a submission is
CONSTRUCTOR = "__init__"  # "training.MLP.__init__" replaces a constructor, "training.MLP" the class as a whole


@dataclass(frozen=True)
class Limits:
    """What one request may use: CPU seconds of a call and of loading one source; bytes above the zygote's own size."""

    call: float = 10.0
    load: float = 10.0
    memory: int = 384 << 20
    backstop: float = 10.0  # wall time is limited to this many times the CPU time


@dataclass(frozen=True)
class Bundle:
    """What a worker loads. All of it is plain data; nothing of it was parsed or run."""

    files: dict[str, bytes]  # path -> source (.py or .ipynb), the student's and given ones
    modules: dict[str, str]  # "mlp.activations" -> path; one path may make several modules; siblings as "helper"
    takes: dict[str, str] = field(default_factory=dict)  # exercise id -> path whose definition counts instead
    exercises: tuple[str, ...] = ()  # ids whose absence `Loaded.missing` reports
    classes: tuple[str, ...] = ()  # ids of constructors: objects of these classes are known by name
    replaced: tuple[str, ...] = ()  # ids in whose place right ones stand; "training.MLP.__init__": a constructor alone
    imitated: tuple[str, ...] = ()  # those of them whose own code may be called, to see what its results are like
    mended: dict[str, bytes] = field(default_factory=dict)  # path that fails to load -> the stub that runs before it


@dataclass(frozen=True)
class Loaded:
    """How loading a bundle went. Texts are one line and name the file."""

    errors: dict[str, str]  # module -> why it failed
    blocked: dict[str, str]  # module -> the module that it needs and that failed
    missing: frozenset[str]  # exercise ids that no loaded module has
    notes: list[str]  # what failed and costs nothing by itself: notebook cells, mlp/__init__.py


@dataclass(frozen=True)
class SourceReport:
    """What a source says before anything of it runs. What is bound by star imports or setattr isn't seen here."""

    path: str
    error: str | None  # why it can't be read, in one line
    names: dict[str, str]  # exercise name -> "stub" or "filled"
    fingerprints: dict[str, str]  # exercise name -> hash of its definition without docstrings and layout
    plots: bool  # it names Matplotlib
    passages: list[int] = field(default_factory=list)  # what it is made of, to be compared
