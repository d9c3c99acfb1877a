"""What the self-test tries in a worker, in a submission's place: each of it must be refused by the kernel. The grader
reads this file as text (`levels`) and never imports it."""

# mypy: ignore-errors
import _thread
import ctypes
import os
import socket


def attempts():
    """What is tried -> the kernel's error number, 0 where it works."""
    libc = ctypes.CDLL(None, use_errno=True)
    results = {}

    def attempt(name, function):
        try:
            result = function()
            results[name] = ctypes.get_errno() if result == -1 else 0
        except OSError as error:
            results[name] = error.errno
        except RuntimeError:  # no thread can be started, which has no number
            results[name] = 1

    def write():
        os.close(os.open("attempt", os.O_CREAT | os.O_WRONLY))
        os.unlink("attempt")  # noqa: PTH108

    def fork():
        if pid := os.fork():
            os.waitpid(pid, 0)
        else:
            os._exit(0)

    attempt("reading a file", lambda: os.close(os.open("/", os.O_RDONLY)))
    attempt("writing a file", write)
    attempt("listing a folder", lambda: len(os.listdir("/")))  # noqa: PTH208
    attempt("starting a process", fork)
    attempt("starting a program", lambda: os.execv("/", ["/"]))
    attempt("starting a thread", lambda: _thread.start_new_thread(int, ()) and 0)
    attempt("opening a socket", lambda: socket.socket().close())
    attempt("sending a signal", lambda: os.kill(os.getppid(), 0))
    attempt("reading another process", lambda: libc.process_vm_readv(os.getppid(), None, 0, None, 0, 0))
    attempt("memory in a file", lambda: libc.memfd_create(b"attempt", 0))
    return results
