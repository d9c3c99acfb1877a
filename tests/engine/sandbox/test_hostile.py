"""Code that never ends, ends its process, lies or asks for too much: it costs its own exercise, and nothing escapes."""

import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.kit.exercises import Exercise
from autograder.sandbox import processes
from autograder.sandbox.client import Limits, Sandbox

HEAD = "import numpy as np, os, sys, time\ndef relu(Z):\n    return np.maximum(Z, 0)\n"
BAD = {
    "a loop": ("while True: pass", "timeout"),
    "a loop that catches all": (
        "while True:\n    try:\n      while True: pass\n    except BaseException: pass",
        "timeout",
    ),
    "a power that holds the GIL": ("7 ** (7 ** 9)", "timeout"),
    "a regex": ("import re; re.match('(a*)*b', 'a' * 40)", "timeout"),
    "os._exit": ("os._exit(0)", "crashed"),
    "abort": ("os.abort()", "crashed"),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", "crashed"),
    "closed descriptors": ("os.closerange(0, 100)", "crashed"),
    "sys.exit": ("sys.exit(0)", "raised"),
    "KeyboardInterrupt": ("raise KeyboardInterrupt", "crashed"),
    "recursion": ("f = lambda: f()\n  f()", "raised"),
    "huge array": ("return np.ones(10**9)", "memory"),
    "array without memory": ("return np.broadcast_to(1.0, (10**6, 10**6))", "memory"),
    "huge return value": ("return np.ones((3000, 3000))", "unsendable"),
    "long list": ("return list(range(10**6))", "unsendable"),
    "huge integer": ("return 1 << 10**6", "unsendable"),
    "huge dictionary": ("return dict.fromkeys(range(5000))", "unsendable"),
    "a list in itself": ("x = []\n  x.append(x)\n  return x", "unsendable"),
    "an exception that can't be printed": (
        "class E(Exception):\n    def __str__(self): raise self\n  raise E",
        "raised",
    ),
    "not implemented": ("raise NotImplementedError", "not_started"),
}
LEAVES_IT_ALIVE = {"raised", "memory", "unsendable", "not_started"}


def body(source):
    return "def bad(*args):\n  " + source + "\n"


def test_a_limit_holds_where_there_is_always_one_more_byte_to_read(sandbox):
    process = sandbox.process(plots=False)
    with process.socket:
        process.socket = SimpleNamespace(recv_into=lambda buffer: 1, close=lambda: None)
        process._restart_clock(0.02)
        with pytest.raises(processes.WorkerDiedError, match="still running"):
            process._read(memoryview(bytearray(20_000_000)))
    process.end()


@pytest.mark.parametrize(("source", "kind"), BAD.values(), ids=BAD)
def test_a_bad_call_is_an_error_of_its_kind(start, call, source, kind):
    worker, loaded = start(HEAD + body(source))
    assert loaded.errors == {}
    outcome = call(worker, "activations.bad")
    assert (outcome.value, outcome.error.kind) == (None, kind)
    assert outcome.error.message.isprintable()
    assert worker.alive == (kind in LEAVES_IT_ALIVE)
    after = call(worker, "activations.relu", -1.0)
    assert after.value == 0 if worker.alive else after.error.kind == "crashed"


@pytest.mark.parametrize("source", [source for source, kind in BAD.values() if kind in ("timeout", "crashed")], ids=str)
def test_a_module_that_does_not_load_costs_itself_alone(start, value, source):
    head = "import os, sys, time\nimport numpy as np\n"
    files = {
        "mlp/activations.py": HEAD,
        "mlp/forward.py": head + source.replace("\n  ", "\n"),
        "mlp/b.py": "import mlp.forward",
    }
    worker, loaded = start(files)
    assert list(loaded.errors) == ["mlp.forward"]
    assert loaded.blocked == {"mlp.b": "mlp.forward"}
    assert loaded.errors["mlp.forward"].startswith("mlp/forward.py")
    assert value(worker, "activations.relu", -1.0) == 0


def test_a_cell_that_does_not_end_costs_itself_alone_and_once(start, value, notebook):
    source = notebook("x = 1", "while True: pass", HEAD, "os._exit(1)", "y = 2", "def f(): return x + y")
    _, loaded = start({"activations.ipynb": source})
    assert loaded.errors == {}
    assert loaded.notes == [
        "activations.ipynb, cell 2: still running after 0.5 s",
        "activations.ipynb, cell 4: ended the process that it ran in",
    ]
    again, loaded = start({"activations.ipynb": source})
    assert len(loaded.notes) == 2
    assert again.cpu_seconds < 0.5  # what didn't end the first time wasn't tried again
    assert value(again, "activations.f") == 3


def test_a_notebook_most_of_whose_cells_end_the_process_costs_itself_alone(start, value, notebook):
    cells = ["import os"] + ["os._exit(1)"] * 30
    worker, loaded = start({"activations.ipynb": notebook(*cells), "mlp/forward.py": HEAD})
    assert loaded.errors == {"mlp.activations": "activations.ipynb: ended the process that it ran in"}
    assert value(worker, "forward.relu", -1.0) == 0


def test_a_submission_that_never_loads_is_an_error_of_all_its_modules(start, call):
    files = {f"mlp/m{number}.py": "import os; os._exit(1)" for number in range(30)}
    worker, loaded = start(files)
    assert len(loaded.errors) == 30
    assert not worker.alive
    assert call(worker, "m1.f", 1.0).error.kind == "crashed"


def test_recursion_without_limit_ends(start, call):
    worker, _ = start(HEAD + body("sys.setrecursionlimit(10**9)\n  f = lambda: f()\n  f()"))
    assert call(worker, "activations.bad").error.kind in ("memory", "timeout", "crashed")


def test_what_waits_without_computing_is_stopped_by_the_clock_on_the_wall(start, call):
    with Sandbox(Limits(call=0.2, backstop=1)) as sandbox:
        worker, _ = start(HEAD + body("time.sleep(1000)"), sandbox=sandbox)
        assert call(worker, "activations.bad").error.kind == "timeout"


def test_an_exercise_may_be_given_more_time_than_the_others(start):
    source = HEAD + body("start = time.process_time()\n  while time.process_time() < start + 1: pass\n  return 1")
    slow, usual = (Exercise("activations", "bad", 1, (), False, seconds) for seconds in (60, 0))
    worker, _ = start(source)
    assert worker.call(slow, None, (1.0,), {}).value == 1
    assert worker.call(usual, None, (1.0,), {}).error.kind == "timeout"


HOSTILE_VALUES = {
    "generator": ("return (i for i in iter(int, 1))", "generator"),
    "lying __eq__": ("class A:\n    def __eq__(self, other): return True\n  return A()", "A"),
    "array subclass": ("class A(np.ndarray): pass\n  return np.ones(3).view(A)", "A"),
    "masked array": ("return np.ma.masked_array([1.0], [True])", "MaskedArray"),
    "matrix": ("return np.matrix('1 2')", "matrix"),
    "object array": ("return np.array([object()], dtype=object)", "ndarray"),
    "structured array": ("return np.zeros(2, 'i4,f8')", "ndarray"),
    "float subclass": ("class F(float): pass\n  return F(1)", "F"),
    "datetime": ("return np.datetime64('2027-01-01')", "datetime64"),
    "function": ("return bad", "function"),
    "module": ("return np", "module"),
}


@pytest.mark.parametrize(("source", "type_name"), HOSTILE_VALUES.values(), ids=HOSTILE_VALUES)
def test_what_is_no_plain_value_stays_behind_a_handle(start, value, source, type_name):
    worker, _ = start(HEAD + body(source))
    returned = value(worker, "activations.bad", 1)
    assert returned.type_name == type_name
    assert returned != value(worker, "activations.bad", 1)


def test_subclasses_of_containers_come_as_what_they_hold(start, value):
    source = "class L(list):\n    def __iter__(self): return iter([1, 2, 3])\n    def __len__(self): return 10**9\n"
    source += "  return [L('ab')]"
    worker, _ = start(HEAD + body(source))
    assert value(worker, "activations.bad") == [["a", "b"]]


FORGERIES = {
    "text": "b'100 points' * 100",
    "an endless header": "b'MLP1' + b'\\xff' * 12",
    "an answer to nothing": "sys.modules['sneaky'].encode(0, 'call', (1.0, None, {}))",
    "an outcome that is none": "sys.modules['sneaky'].encode(worker.request, 'call', 3)",
    "a kind of error that only the grader gives": "sys.modules['sneaky'].encode(worker.request, 'call', (1, "
    "{'kind': 'timeout', 'type_names': (), 'message': ''}, "
    "{'changed_arguments': (), 'changed_results': False, 'printed': False, 'warned': ()}))",
}
SNEAK = """
frame = sys._getframe()
while type(frame.f_locals.get('self')).__name__ != 'Worker':
    frame = frame.f_back
worker = frame.f_locals['self']
sys.modules['sneaky'] = frame.f_globals['wire']
"""


@pytest.mark.parametrize("data", FORGERIES.values(), ids=FORGERIES)
def test_forged_bytes_in_place_of_an_answer_kill_the_worker(start, call, data):
    worker, loaded = start(HEAD + SNEAK + body(f"os.write(3, {data})\n  while True: pass"))
    assert loaded.errors == {}
    outcome = call(worker, "activations.bad")
    assert outcome.error.kind == "crashed"
    assert not worker.alive


def test_an_answer_ahead_of_the_question_kills_the_worker(start, call):
    source = (
        "import threading\n" + HEAD + SNEAK + body("data = sys.modules['sneaky'].encode(worker.request, 'call', 1)")
    )
    source += "  worker.answer = lambda what, value, old=worker.answer: (old(what, value), os.write(3, data))\n"
    worker, _ = start(source)
    call(worker, "activations.bad")
    assert call(worker, "activations.relu", 1.0).error.kind == "crashed"


def test_an_answer_drop_by_drop_meets_the_deadline_too(start, call):
    with Sandbox(Limits(call=0.2, backstop=1)) as sandbox:
        source = SNEAK + body("os.write(3, sys.modules['sneaky'].PREFIX.pack(b'MLP1', 1000, 0))")
        source += "  while True:\n    os.write(3, b'x')\n    time.sleep(0.02)\n"
        worker, _ = start(HEAD + source, sandbox=sandbox)
        assert call(worker, "activations.bad").error.kind == "timeout"


def test_a_request_that_is_not_read_meets_the_deadline_too(start, call):
    worker, _ = start(HEAD + "import threading\n" + body("worker.answer = forever"))
    outcome = call(worker, "activations.relu", np.zeros(9_000_000))
    assert outcome.error.kind == "unsendable"
    assert worker.alive


@pytest.mark.parametrize(
    "source", ["os.fork()", "import threading; threading.Thread(target=time.sleep, args=(1,)).start()"]
)
def test_processes_and_threads_do_not_hang_the_grader(start, call, source):
    worker, _ = start(HEAD + body(f"{source}\n  return 1"))
    call(worker, "activations.bad")
    worker.close()


def test_printing_megabytes_is_noted_and_costs_nothing(start, call):
    worker, _ = start(
        HEAD + "print('x' * 10**7)\n" + body("print('x' * 10**7)\n  os.write(1, b'x' * 10**6)\n  return 1")
    )
    outcome = call(worker, "activations.bad")
    assert (outcome.value, outcome.notes.printed) == (1, True)


def test_state_between_calls_is_kept_and_changes_are_noted(start, call, value):
    source = "kept = []\ndef count():\n    kept.append(1)\n    return len(kept)\nout = np.zeros(3)\n"
    source += "def shared(Z):\n    out[:] = Z\n    Z += 1\n    return out\n"
    worker, _ = start(HEAD + source)
    assert [value(worker, "activations.count") for _ in range(3)] == [1, 2, 3]
    assert call(worker, "activations.relu", np.ones(3)).notes.changed_arguments == ()
    assert call(worker, "activations.shared", np.ones(3)).notes.changed_arguments == ("Z",)
    assert call(worker, "activations.shared", np.zeros(3)).notes.changed_results


def test_order_and_read_only_flags_reach_the_function(start, value):
    worker, _ = start(HEAD + body("return args[0].flags.f_contiguous, args[0].flags.writeable, args[0].flags.owndata"))
    array = np.ones((3, 4), order="F")
    assert value(worker, "activations.bad", array) == (True, True, True)
    array.flags.writeable = False
    assert value(worker, "activations.bad", array) == (True, False, True)


def test_an_object_is_called_and_read_where_it_is(start, call, value):
    source = "class MLP:\n  def __init__(self, n):\n    self.parameters = [(np.ones((n, 2)), n)]\n"
    source += (
        "  def train(self):\n    self.parameters[0][0][:] = 7\n    return [1.0]\n  @property\n  def bad(self): exit()\n"
    )
    worker, _ = start(HEAD + source)
    model = value(worker, "activations.MLP", 3)
    assert value(worker, "activations.MLP.train", instance=model.id) == [1.0]
    assert worker.read(model.id, "parameters").value[0][0].tolist() == [[7, 7]] * 3
    assert worker.read(model.id, "weights").error.kind == "raised"
    assert worker.read(model.id, "bad").error.kind == "raised"
    assert call(worker, "activations.MLP.predict", instance=model.id).error.kind == "missing"
    assert call(worker, "activations.MLP.bad", instance=model.id).error.kind == "missing"
    assert call(worker, "activations.MLP.train", instance=99).error.kind == "missing"


def test_the_environment_and_the_engine_are_not_there(start, value, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SECRET", "s3cret")
    with Sandbox() as sandbox:
        source = "import autograder, autograder.secret\n" + body(
            "return [dict(os.environ), sys.path, os.getcwd(), sys.argv]"
        )
        source += (
            "def engine(): return [n for n in sys.modules if n.startswith('autograder.')] + [autograder.__file__]\n"
        )
        worker, _ = start(HEAD + source, sandbox=sandbox)
        environment, path, folder, arguments = value(worker, "activations.bad")
        assert not [name for name in environment if "SECRET" in name or name in ("VIRTUAL_ENV", "PYTHONPATH")]
        assert not [
            entry for entry in (*path, folder, *arguments) if "site-packages" in entry or entry == str(Path.cwd())
        ]
        assert open_files(value, start, sandbox) == [0, 1, 2, 3]


def test_equal_code_gives_equal_bits(start, value, monkeypatch):
    """Whichever of its ways to compute NumPy's library is told to take, both processes take the same."""
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    with Sandbox() as sandbox:
        worker, _ = start(HEAD + body("return dict(os.environ)"), sandbox=sandbox)
        environment = value(worker, "activations.bad")
    assert (environment["OPENBLAS_CORETYPE"], environment["OPENBLAS_NUM_THREADS"]) == ("Haswell", "1")


def open_files(value, start, sandbox):
    worker, _ = start(
        HEAD
        + body(
            "import contextlib\n  found = []\n  for fd in range(1024):\n    with contextlib.suppress(OSError):\n"
            "      os.get_inheritable(fd)\n      found.append(fd)\n  return found"
        ),
        sandbox=sandbox,
    )
    return value(worker, "activations.bad")


def test_a_zygote_that_was_killed_is_started_again(start, call, value):
    with Sandbox(Limits(call=0.3)) as sandbox:
        worker, _ = start(HEAD, sandbox=sandbox)
        sandbox._zygotes[False].process.kill()
        errors = (call(worker, "activations.relu", 1.0).error for _ in range(10**6))  # it ends at once or soon
        assert next(filter(None, errors)).kind == "crashed"
        again, loaded = start(HEAD, sandbox=sandbox)
        assert loaded.errors == {}
        assert value(again, "activations.relu", -1.0) == 0


def test_cpu_time_is_that_of_the_worker(start, call):
    worker, _ = start(HEAD + body("end = time.process_time() + 0.15\n  while time.process_time() < end: pass"))
    before = worker.cpu_seconds
    assert call(worker, "activations.bad").error is None
    assert 0.14 < worker.cpu_seconds - before < 0.5
    worker.close()
    assert worker.cpu_seconds - before > 0.14


def test_the_error_says_what_to_do_where_processes_cannot_be_forked(monkeypatch):
    monkeypatch.delattr(os, "fork")
    with pytest.raises(processes.AutograderError, match="Grade on Linux or macOS"), Sandbox() as sandbox:
        sandbox.inspect({"a.py": b"x = 1"}, [])
