"""What student code must not do is refused at every level with walls, and shown to work without them; what must end
ends; and no level is claimed that isn't there."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox import bubblewrap, levels
from autograder.sandbox.client import LEVELS, Limits, Sandbox, probe

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these walls")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
HEAD = """
import ctypes, mmap, os, socket, subprocess, sys, threading, time
libc = ctypes.CDLL(None, use_errno=True)
def c(name, *args):
    if getattr(libc, name)(*args) == -1:
        raise OSError(ctypes.get_errno(), name)
    return 1
def relu(Z):
    return Z if Z > 0 else 0 * Z
def bad():
"""
FORBIDDEN = {
    "read a file": "return len(open(os.__file__).read()) > 0",
    "list a folder": "return len(os.listdir('/'))",
    "look at a file": "return os.stat('/').st_mode",
    "follow a link": "return len(os.readlink('/proc/self/exe'))",
    "write a file": "open('x', 'w').close(); os.unlink('x')",
    "make a folder": "os.mkdir('d'); os.rmdir('d')",
    "go elsewhere": "os.chdir('/')",
    "anonymous file": "return c('memfd_create', b'x', 0)",
    "start a thread": "threading.Thread(target=int).start()",
    "start a process": "pid = os.fork() or os._exit(0)\n  os.waitpid(pid, 0)",
    "start a program": "return subprocess.run([sys.executable, '-c', '']).returncode",
    "open a socket": "socket.socket().close()",
    "open a Unix socket": "socket.socket(socket.AF_UNIX).close()",
    "pair of sockets": "socket.socketpair()",
    "pipe": "os.pipe()",
    "double a descriptor": "os.dup(3)",
    "send a signal": "os.kill(os.getppid(), 0)",
    "signal its group": "os.killpg(0, 0)",
    "hold on to a process": "return os.pidfd_open(os.getppid())",
    "be traced": "return c('ptrace', 0, 0, None, None)",
    "read another process": "return c('process_vm_readv', os.getppid(), None, 0, None, 0, 0)",
    "shared memory": "return c('shmget', 0, 4096, 0o1600)",
    "change a limit": "import resource; resource.setrlimit(resource.RLIMIT_CPU, (999, 999))",
    "new namespace": "return c('unshare', 0x10000000)",
    "lower its priority": "os.nice(1)",
    "a group of its own": "os.setpgid(0, 0)",
    "watch files": "return c('inotify_init1', 0)",
    "change its personality": "return c('personality', 0)",
    "change a setting of the process": "return c('prctl', 15, b'another name', 0, 0, 0)",
    "asynchronous signals": "import fcntl; fcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())",
}
ONLY_AS_ROOT = {"start a process", "start a program", "start a thread"}  # elsewhere a limit stops it, too
UNDUMPABLE = {"read another process"}  # not even without walls, except for root


def module(source):
    return HEAD + "  " + source + "\n"


def offered(level):
    names = list(LEVELS)
    return names.index(level) >= names.index(probe().level)


@pytest.fixture(scope="module", params=LEVELS)
def at(request):
    """A sandbox at each level that this machine has."""
    if not offered(request.param):
        pytest.skip(f"this machine gives {probe().level}: {'; '.join(probe().missing)}")
    with Sandbox(Limits(call=5, load=5), request.param) as sandbox:
        yield sandbox


@LINUX
@pytest.mark.parametrize("what", FORBIDDEN)
def test_what_is_forbidden_works_without_walls_only(at, start, call, value, what):
    worker, loaded = start(module(FORBIDDEN[what]), sandbox=at)
    assert loaded.errors == {}
    error = call(worker, "activations.bad").error
    if at.level != "contained":
        assert error.kind == "raised"
        assert {"PermissionError", "RuntimeError"} & set(error.type_names) or "not implemented" in error.message
        assert value(worker, "activations.relu", 2.0) == 2
    elif ROOT or what not in ONLY_AS_ROOT | UNDUMPABLE:
        assert error is None
    worker.close()


@LINUX
@pytest.mark.skipif(platform.machine() != "x86_64", reason="calls of other kinds that x86-64 has")
@pytest.mark.parametrize(
    "code",
    ["b8 14 00 00 00 cd 80 c3", "b8 27 00 00 40 0f 05 c3"],  # mov eax, getpid; int 0x80 or syscall; ret
    ids=["32-bit", "x32"],
)
def test_calls_of_another_kind_end_the_process(at, start, call, code):
    source = "memory = mmap.mmap(-1, 4096, prot=7)\n"
    source += f"  memory.write(bytes.fromhex('{code}'))\n"
    source += "  return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()"
    worker, _ = start(module(source), sandbox=at)
    outcome = call(worker, "activations.bad")
    assert (outcome.error is None) == (at.level == "contained")
    if outcome.error:
        assert outcome.error.kind == "crashed"


@LINUX
def test_files_that_are_written_stay_empty_at_least(at, start):
    source = "with open('x', 'w') as file: file.write('x' * 10**6)"
    _, loaded = start({"mlp/activations.py": source}, sandbox=at)
    expected = "[Errno 27] File too large" if at.level == "contained" else "[Errno 1] Operation not permitted"
    assert expected in loaded.errors["mlp.activations"]


def test_honest_code_computes(at, start, value):
    source = "import numpy as np, random, time, datetime, decimal, uuid, warnings\n"
    source += "def relu(Z):\n  time.sleep(0.001); time.process_time(); random.random(); uuid.uuid4()\n"
    source += "  datetime.datetime.now().strftime('%Y'); np.random.default_rng().normal(size=3)\n"
    source += "  A = np.ones((200, 300)) @ np.ones((300, 200)); np.linalg.svd(A); np.fft.fft(A)\n"
    source += "  assert A[0, 0] == 300; datetime.datetime.strptime('2027', '%Y'); print(Z)\n"
    source += "  return np.maximum(Z, 0)\n"
    worker, loaded = start(source, sandbox=at)
    assert loaded.errors == {}
    assert value(worker, "activations.relu", np.arange(-2.0, 3)).tolist() == [0, 0, 0, 1, 2]


def test_every_module_of_the_standard_library_is_there(at, start, value):
    source = "import importlib\ndef load(names):\n  failed = {}\n  for name in names:\n"
    source += "    try: importlib.import_module(name)\n    except Exception as error: failed[name] = repr(error)\n"
    source += "  return failed\n"
    worker, _ = start(source, sandbox=at)
    script = f"import json, sys, warnings; sys.path.insert(0, {str(bubblewrap.CHECKOUT)!r})\n"
    script += "from autograder.sandbox import preload; warnings.simplefilter('ignore')\n"
    script += "for name in preload.standard_library(): preload.import_if_here(name)\n"
    script += "print(json.dumps([name for name in preload.standard_library() if name in sys.modules]))"
    command = [sys.executable, "-c", script]
    here = json.loads(subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout)
    assert len(here) > 500
    assert value(worker, "activations.load", [*here, "numpy.testing", "numpy.ma", "numpy.polynomial"]) == {}


@LINUX
def test_a_process_that_a_worker_leaves_behind_ends_with_it(start, call, ended):
    if not ROOT:
        pytest.skip("a limit on processes already stops it")
    with Sandbox(level="contained") as sandbox:
        worker, _ = start(module("pid = os.fork()\n  while not pid: pass\n  return pid"), sandbox=sandbox)
        pid = call(worker, "activations.bad").value
        worker.close()
        assert ended(pid)


@LINUX
def test_everything_ends_with_the_sandbox(at, start, processes_of, ended):
    with Sandbox(level=at.level) as sandbox:
        start(module("pass"), sandbox=sandbox)
        processes = processes_of(sandbox._zygotes[False].process.pid)
        assert len(processes) >= 2
    assert all(map(ended, processes))


@LINUX
def test_everything_ends_with_a_grader_that_is_killed(at, processes_of, ended):
    source = "from autograder.sandbox.client import *\nfrom autograder.kit.exercises import Exercise\n"
    source += f"sandbox = Sandbox(level={at.level!r})\n"
    source += "bundle = Bundle({'a.py': b'def f():\\n while True: pass'}, {'mlp.a': 'a.py'})\n"
    source += "worker = sandbox.worker(bundle, plots=False); worker.load()\n"
    source += "print('ready', flush=True); worker.call(Exercise('a', 'f', 1, (), False), None, (), {})"
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, cwd=bubblewrap.CHECKOUT) as grader:
        assert grader.stdout.readline() == b"ready\n"
        processes = processes_of(grader.pid)
        assert len(processes) >= 2
        grader.kill()
    assert all(map(ended, processes))


OUTSIDE = """
import json, os, socket, sys
def fails(function, *args):
    try: function(*args)
    except OSError: return True
seen = [path for path in {paths!r} if os.path.exists(path)]
print(json.dumps([seen, socket.if_nameindex(), [n for n in os.listdir("/proc") if n.isdigit()], sys.version,
    fails(os.mkdir, "/new"), fails(os.kill, {pid}, 0), fails(os.listdir, "/sys"), os.listdir("/dev")
    if os.path.exists("/dev") else []]))
"""


@LINUX
def test_the_outer_wall_alone_hides_files_processes_and_the_network(tmp_path):
    if probe().level != "isolated+":
        pytest.skip("; ".join(probe().missing))
    checkout = bubblewrap.CHECKOUT
    hidden = ["tests", "solutions", "assignments", ".autograder-secret", "autograder/judge.py", "autograder/secret.py"]
    paths = [*(str(checkout / name) for name in hidden), "/etc/passwd", "/home", "/var", "/usr/bin", str(tmp_path)]
    assert sum(os.path.exists(path) for path in paths) >= 8  # noqa: PTH110
    command = bubblewrap.command(bubblewrap.program(), dies_with_starter=True)
    source = OUTSIDE.format(paths=paths, pid=os.getpid())
    result = subprocess.run([*command, sys.executable, "-P", "-s", "-c", source], capture_output=True, check=True)
    seen, interfaces, processes, version, *refused, devices = json.loads(result.stdout)
    assert seen == []
    assert [name for _, name in interfaces] == ["lo"]
    assert len(processes) == 2  # bubblewrap's own, and this one
    assert version == sys.version
    assert refused == [True, True, True]
    assert devices == []


@LINUX
def test_the_grader_cannot_be_looked_into_and_still_can_look_at_itself():
    source = "import ctypes, os, subprocess, tempfile; from autograder.sandbox.client import *\n"
    source += "Sandbox().inspect({}, []); Sandbox(level='contained').process(plots=False)\n"
    source += "assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0\n"  # PR_GET_DUMPABLE
    source += "open('/proc/self/statm').read(); os.listdir('/proc/self/fd'); tempfile.TemporaryFile().write(b'x')\n"
    source += "print(subprocess.run(['echo', 'done'], capture_output=True, check=True).stdout.decode())"
    result = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=False, cwd=bubblewrap.CHECKOUT
    )
    assert (result.stdout.strip(), result.stderr) == ("done", "")


def test_the_level_is_what_the_self_test_finds(monkeypatch):
    assert probe().level in LEVELS
    assert Sandbox().level == probe().level
    assert Sandbox(level="contained").level == "contained"


@LINUX
def test_without_bubblewrap_the_inner_wall_is_left(monkeypatch):
    if not offered("isolated"):
        pytest.skip("; ".join(probe().missing))
    monkeypatch.setenv("PATH", "/nowhere")
    found = levels.probe.__wrapped__()
    assert found.level == "isolated"
    assert found.missing == ("bubblewrap is not installed: sudo apt-get install bubblewrap",)


@LINUX
def test_bubblewrap_that_fails_leaves_the_inner_wall_and_its_reason(monkeypatch, tmp_path):
    if not offered("isolated"):
        pytest.skip("; ".join(probe().missing))
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    found = levels.probe.__wrapped__()
    assert found.level == "isolated"
    assert "No permissions to create a new namespace" in found.missing[0]


@LINUX
def test_bubblewrap_that_walls_nothing_off_is_not_believed(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text('#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(levels.WallError, match="does not separate"):
        levels.start("isolated+", Limits(), plots=False, preloads=False)


@LINUX
def test_an_inner_wall_that_stops_nothing_is_not_believed(monkeypatch):
    zygote = levels.Zygote("contained", plots=False, preloads=False, memory=1 << 28)
    monkeypatch.setattr(levels, "Zygote", lambda *_, **__: zygote)
    with pytest.raises(levels.WallError, match="reading a file, writing a file"):
        levels.start("isolated", Limits(), plots=False, preloads=False)


def test_hidden_tests_need_a_wall(monkeypatch):
    monkeypatch.setattr(levels, "probe", lambda: levels.Probe("contained", ("there is no wall",)))
    with pytest.raises(levels.AutograderError, match=r"Nothing was graded.*there is no wall.*--allow-contained"):
        levels.required(allow_contained=False)
    assert levels.required(allow_contained=True) == "contained"


@pytest.mark.skipif(not ROOT, reason="these tests run without privileges already")
def test_all_of_this_holds_without_privileges_too(pytestconfig):
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", str(Path(__file__).parent)]
    options = {"user": "nobody", "group": "nogroup", "extra_groups": [], "cwd": pytestconfig.rootpath}
    try:
        subprocess.run([sys.executable, "-c", "import numpy, autograder.sandbox"], check=True, **options)
    except (OSError, subprocess.CalledProcessError, LookupError) as error:
        pytest.skip(f"an unprivileged user can't run this Python, or not from here: {error}")
    result = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert result.returncode == 0, result.stdout[-3000:]
