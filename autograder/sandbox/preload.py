"""What workers can import: all that the zygote imports here, before any student code is there. Called by `zygote`.

Workers open no file, so that what isn't imported by then is not there: an honest ModuleNotFoundError."""

import contextlib
import importlib
import pkgutil
import sys
import warnings
from collections.abc import Iterator

import numpy

STANDARD_LIBRARY = sorted(sys.stdlib_module_names)

LEFT_OUT = {
    *("antigravity", "this"),  # open a browser, print a poem
    *("tkinter", "_tkinter", "turtle", "turtledemo", "idlelib"),  # windows: Tcl starts threads
    *("distutils", "ensurepip", "lib2to3", "venv"),  # tools for installing and converting code
    *("test", "_ctypes_test", "__hello__", "__phello__", "_pyrepl"),  # the interpreter's own tests and prompt
}
LEFT_OUT_BEGINNINGS = ("_test", "_xx")  # these too

PARTS_LEFT_OUT = {
    *("__main__", "tests", "conftest", "_pyinstaller"),  # programs and tests
    *("f2py", "distutils", "mypy_plugin", "_configtool"),  # NumPy's tools for building
    *("backends", "sphinxext", "pylab"),  # Matplotlib's windows and writers, documentation tools, a star import
}


def preload(plots: bool) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of deprecated modules
        for name in standard_library():
            import_if_here(name)
        for name in ("numpy", *submodules("numpy")):
            import_if_here(name)
        numpy.random.seed(0)  # code that sets no seed is repeatable, too
        if plots:
            from autograder.sandbox.plots_off import plots_off

            plots_off()
            for package in ("matplotlib", "mpl_toolkits"):
                for name in submodules(package):
                    import_if_here(name)


def standard_library() -> Iterator[str]:
    """Names of modules and submodules, those included that belong to other systems."""
    for name in STANDARD_LIBRARY:
        if name not in LEFT_OUT and not name.startswith(LEFT_OUT_BEGINNINGS):
            yield name
            yield from submodules(name)


def submodules(package: str) -> Iterator[str]:
    """Of a package that is imported, with those of its packages."""
    for _, name, _ in pkgutil.iter_modules(getattr(sys.modules.get(package), "__path__", [])):
        if name not in PARTS_LEFT_OUT:
            yield f"{package}.{name}"
            yield from submodules(f"{package}.{name}")


def import_if_here(name: str) -> None:
    with contextlib.suppress(ImportError):  # of another system, or built without it
        importlib.import_module(name)
