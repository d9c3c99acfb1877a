"""A time limit for calls in this process: an endless loop ends with an error instead of a terminal that hangs. Used by
`student`. It works wherever Python has threads, Windows and notebooks included."""

from __future__ import annotations

import _thread
import contextlib
import ctypes
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

LOOK = 0.2  # seconds between two looks at the clock


@dataclass
class Limit:
    """`is_over`: the time was up, and whatever ran was interrupted."""

    seconds: float
    is_over: bool = False


class _Watch:
    """One thread for all limits, since starting one for each call takes longer than most calls."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._limit: Limit | None = None
        self._end = 0.0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(LOOK)
            with self._lock:
                if self._limit and time.monotonic() > self._end:
                    self._limit.is_over = True
                    _interrupt()  # again and again, where it is caught

    def set(self, limit: Limit | None) -> None:
        with self._lock:
            self._limit, self._end = limit, time.monotonic() + (limit.seconds if limit else 0)


def _interrupt() -> None:
    """Raise KeyboardInterrupt in the main thread, also where Ctrl-C is ignored, as in what a shell runs behind."""
    if callable(signal.getsignal(signal.SIGINT)):
        _thread.interrupt_main()
    else:
        main = ctypes.c_ulong(threading.main_thread().ident or 0)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(main, ctypes.py_object(KeyboardInterrupt))


_watch: _Watch | None = None


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[Limit]:
    """Interrupt the block with KeyboardInterrupt after that time, as Ctrl-C would; blocks don't nest. A thread can't be
    interrupted: only the main one has a limit. A single long computation of NumPy's ends before it is interrupted."""
    global _watch
    limit = Limit(seconds)
    if threading.current_thread() is not threading.main_thread():
        yield limit
        return
    _watch = _watch or _Watch()
    _watch.set(limit)
    try:
        yield limit
    finally:
        _end(limit)


def _end(limit: Limit) -> None:
    """Whatever interruption comes too late to reach the block ends here."""
    with contextlib.suppress(KeyboardInterrupt):
        assert _watch
        _watch.set(None)
        if limit.is_over:
            time.sleep(0.01)
        return
    _end(limit)
