"""Which system calls a worker has: the lists here in, programs for the kernel's seccomp filter (`seccomp_programs.py`)
out. A development command, which needs libseccomp (Debian's libseccomp2):

    python -m autograder.sandbox.seccomp_generate

What opens a file, starts a process or thread, makes a socket or sends a signal is on no list of what is allowed."""

import base64
import ctypes
import ctypes.util
import tempfile
import textwrap
from pathlib import Path

PROGRAMS = Path(__file__).with_name("seccomp_programs.py")

ALLOWED = [
    *("brk", "mmap", "munmap", "mremap", "mprotect", "madvise"),
    *("read", "readv", "write", "writev", "recvfrom", "lseek", "close"),  # on what is open: /dev/null and the socket
    *("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times", "getrusage"),
    *("futex", "sched_yield", "sched_getaffinity"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall"),  # its own signals
    *("getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getcwd", "uname"),
    *("getrandom", "exit", "exit_group"),
]

# Allowed where each of these arguments has one of these values.
ALLOWED_WITH: dict[str, list[dict[int, int]]] = {
    "sendto": [{4: 0}],  # to the other end, without an address
    "fcntl": [{1: 1}, {1: 3}],  # F_GETFD, F_GETFL; F_SETOWN would let the kernel send signals
    "prlimit64": [{0: 0, 2: 0}],  # ask for limits of its own
}

# Everything else doesn't exist (ENOSYS), so that the C library falls back on what does. These are an honest "Operation
# not permitted", which Python's import system and students understand.
REFUSED = [
    *("open", "openat", "openat2", "creat", "name_to_handle_at", "open_by_handle_at", "memfd_create", "memfd_secret"),
    *("stat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2"),
    *("readlink", "readlinkat", "getdents", "getdents64", "chdir", "fchdir", "chroot", "pivot_root"),
    *("mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat"),
    *("symlink", "symlinkat", "mknod", "mknodat", "truncate", "ftruncate", "fallocate", "utimensat", "utime", "utimes"),
    *("chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "setxattr", "lsetxattr", "fsetxattr"),
    *("inotify_init", "inotify_init1", "fanotify_init", "mount", "umount2", "fsopen", "open_tree", "move_mount"),
    *("fork", "vfork", "clone", "execve", "execveat", "unshare", "setns", "wait4", "waitid"),
    *("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_send_signal"),
    *("pidfd_getfd", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp"),
    *("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendmsg", "sendmmsg", "recvmsg"),
    *("recvmmsg", "getsockopt", "setsockopt", "shutdown", "pipe", "pipe2", "dup", "dup2", "dup3", "ioctl"),
    *("shmget", "shmat", "shmctl", "msgget", "semget", "mq_open", "mlock", "mlock2", "mlockall"),
    *("bpf", "io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "perf_event_open", "userfaultfd"),
    *("keyctl", "add_key", "request_key", "prctl", "arch_prctl", "seccomp", "personality", "capset"),
    *("setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setpgid", "setsid"),
    *("setrlimit", "setpriority", "sched_setaffinity", "sched_setscheduler", "sched_setattr", "ioprio_set"),
    *("reboot", "kexec_load", "init_module", "finit_module", "delete_module", "settimeofday", "clock_settime"),
    *("sethostname", "setdomainname", "swapon", "swapoff", "syslog", "acct", "quotactl"),
]

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # as platform.machine() says it: AUDIT_ARCH_*
ALLOW, KILL_PROCESS, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
BAD_ARCHITECTURE, EQUAL = 2, 4  # SCMP_FLTATR_ACT_BADARCH, SCMP_CMP_EQ


class Comparison(ctypes.Structure):
    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


def library() -> ctypes.CDLL | None:
    name = ctypes.util.find_library("seccomp")
    if name is None:
        return None
    found = ctypes.CDLL(name)
    found.seccomp_init.restype = ctypes.c_void_p
    return found


def generate(machine: str) -> bytes:
    """The program: each instruction is 8 bytes, struct sock_filter. 32-bit and x32 calls end the process."""
    lib = library()
    if lib is None:
        raise SystemExit("libseccomp is not installed: sudo apt-get install libseccomp2")
    token = MACHINES[machine]
    context = ctypes.c_void_p(lib.seccomp_init(ENOSYS))
    lib.seccomp_arch_remove(context, 0)  # this machine's own
    _check(lib.seccomp_arch_add(context, token), machine)
    _check(lib.seccomp_attr_set(context, BAD_ARCHITECTURE, KILL_PROCESS), "attribute")
    unconditional: dict[int, int] = {}
    rules = [(EPERM, name, unconditional) for name in REFUSED] + [(ALLOW, name, unconditional) for name in ALLOWED]
    rules += [(ALLOW, name, wanted) for name, alternatives in ALLOWED_WITH.items() for wanted in alternatives]
    for action, name, wanted in rules:
        if lib.seccomp_syscall_resolve_name_arch(token, name.encode()) >= 0:  # that machine has it
            number = lib.seccomp_syscall_resolve_name(name.encode())  # rules have the numbers of this one
            comparisons = (Comparison * len(wanted))(*[Comparison(p, EQUAL, value, 0) for p, value in wanted.items()])
            _check(lib.seccomp_rule_add_array(context, action, number, len(wanted), comparisons), name)
    with tempfile.TemporaryFile() as file:
        _check(lib.seccomp_export_bpf(context, file.fileno()), "export")
        lib.seccomp_release(context)
        file.seek(0)
        return file.read()


def _check(result: int, what: str) -> None:
    if result < 0:
        raise SystemExit(f"libseccomp: {what}: error {result}")


def module() -> str:
    """The text of `seccomp_programs.py`."""
    lines = ['"""Made by `seccomp_generate`; do not edit. Machine -> seccomp program, base64."""', "", "PROGRAMS = {"]
    for machine in MACHINES:
        lines.append(f'    "{machine}": (')
        lines += [f'        "{part}"' for part in textwrap.wrap(base64.b64encode(generate(machine)).decode(), 100)]
        lines.append("    ),")
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    PROGRAMS.write_text(module(), encoding="utf-8")
    print(f"{PROGRAMS}: written.")
