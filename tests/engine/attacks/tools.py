"""What several attacks use, loaded beside each of them as a module of the submission. Never imported here either."""

import ctypes
import os
import pickle
import struct
import sys

MEGABYTES = 100  # more than the sandboxes of these tests give
CALLS = {  # x86-64, aarch64
    "add_key": (248, 217),
    "bpf": (321, 280),
    "clone": (56, 220),
    "clone3": (435, 435),
    "execveat": (322, 281),
    "fanotify_init": (300, 262),
    "fsopen": (430, 430),
    "getpid": (39, 172),
    "inotify_init1": (294, 26),
    "io_uring_setup": (425, 425),
    "kcmp": (312, 272),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "msgctl": (71, 187),
    "msgget": (68, 186),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "openat2": (437, 437),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "prctl": (157, 167),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "rt_tgsigqueueinfo": (297, 240),
    "setns": (308, 268),
    "shmctl": (31, 195),
    "shmget": (29, 194),
    "syslog": (103, 116),
    "tgkill": (234, 131),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "vfork": (58, -1),
}


def syscall(name, *arguments):
    """A call of the kernel past Python and libc; OSError where it fails."""
    machine = sys.implementation._multiarch.partition("-")[0]
    return raw_syscall(CALLS[name][("x86_64", "aarch64").index(machine)], *arguments)


def raw_syscall(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    passed = [ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments]
    result = libc.syscall(ctypes.c_long(number), *passed)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def worker():
    """The sandbox's own object that serves this process, and the module that encodes its answers; or nothing."""
    frame = sys._getframe()
    while frame:
        owner = frame.f_locals.get("self")
        if type(owner).__name__ == "Worker" and "wire" in frame.f_globals:
            return owner, frame.f_globals["wire"]
        frame = frame.f_back
    return None, None


def forged(value):
    """Bytes that the grader takes for the answer `value`, and for "passed" where the process says that itself."""
    serving, wire = worker()
    if serving is None:
        body = pickle.dumps((True, value))
        return struct.pack("!i", len(body)) + body
    notes = {"changed_arguments": (), "changed_results": False, "output": "", "warned": ()}
    return wire.encode(serving.request, "call", (value, None, notes))


def header(header_bytes, buffer_bytes=0):
    """How an answer of that size begins, in the sandbox's protocol or in pickle's."""
    serving, wire = worker()
    if serving is None:
        return struct.pack("!iQ", -1, header_bytes)
    return wire.PREFIX.pack(wire.MAGIC, header_bytes, buffer_bytes)


class Call:
    """Pickled, it is a call that whoever reads it makes."""

    def __init__(self, function, *arguments):
        self.made = function, arguments

    def __reduce__(self):
        return self.made


def message(tokens, call=None):
    """An answer whose value is spelled out by those tokens; where answers are pickled, that call."""
    serving, wire = worker()
    if serving is None:
        return forged(call)
    body = wire._encoder.encode([serving.request, "call", tokens])
    return wire.PREFIX.pack(wire.MAGIC, len(body), 0) + body
