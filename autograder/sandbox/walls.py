"""What a process asks of the kernel, on Linux: `lock_down` is a worker's inner wall, `undumpable` keeps others out of
the grader and the zygotes, and `die_with_parent` leaves nothing behind.

What they need is prepared when this module is imported, before any fork."""

import base64
import ctypes
import os
import platform
import signal
import struct
import sys
from typing import Any

from autograder.sandbox.seccomp_programs import PROGRAMS

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2
CREATE_RULESET, RESTRICT_SELF = 444, 446  # Landlock's system calls, the same on every machine
RULESET_VERSION = 1

# What Landlock can deny, and since which version of it: all of it is denied.
FILES = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # read, write, execute …; move; truncate; ioctl
NETWORK = {4: 0b11}  # bind and connect TCP
SCOPED = {6: 0b11}  # abstract sockets and signals beyond this process


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


_libc: Any = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_instructions = base64.b64decode(PROGRAMS.get(platform.machine(), ""))
_program = _Program(len(_instructions) // 8, _instructions)


def lock_down() -> None:
    """From now on this process can compute, answer on its socket and end. OSError where the kernel can't do that."""
    if not _instructions or sys.maxsize < 1 << 32:  # a 32-bit Python on a 64-bit kernel
        raise OSError(f"no seccomp program for {platform.machine()}")
    _checked(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _deny_files()
    _checked(_libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(_program)))


def undumpable() -> None:
    """Other processes of this user can't trace this one, read its memory or take its descriptors; nor its children."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def die_with_parent(parent: int) -> None:
    """On Linux, however it ends. It has to be known who that was: it may have ended already."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def landlock_version() -> int:
    """0 where the kernel has none."""
    return max(0, int(_libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), RULESET_VERSION)))


def _deny_files() -> None:
    """Landlock without any rule. Older kernels have none; there seccomp alone keeps files away."""
    version = landlock_version()
    if not version:
        return
    denied = [sum(bits for since, bits in kind.items() if since <= version) for kind in (FILES, NETWORK, SCOPED)]
    attributes = struct.pack("QQQ", *denied)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _checked(_libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0))
    _checked(_libc.syscall(RESTRICT_SELF, ruleset, 0))
    _libc.close(ruleset)


def _checked(result: Any) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "the kernel refuses")
    return int(result)
