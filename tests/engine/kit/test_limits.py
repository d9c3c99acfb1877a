"""The time limit of calls in this process."""

import itertools
import re
import signal
import subprocess
import sys
import time

import pytest

from autograder.kit.limits import time_limit

LOOP = """\
open("tried", "a").write("once ")
    n = 0
    while n < 1:
        m = 1
    return m"""


def test_what_runs_too_long_is_interrupted():
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), time_limit(0.3) as limit:
        for _ in itertools.count():
            pass
    assert limit.is_over
    assert time.monotonic() - started < 5


def test_what_catches_the_first_interruption_gets_another():
    caught = 0
    with time_limit(0.1):
        while caught < 2:
            try:
                time.sleep(0.01)
            except KeyboardInterrupt:
                caught += 1
    assert caught == 2


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such way of ignoring it")
def test_it_works_where_ctrl_c_is_ignored():
    code = (
        "import itertools\nfrom autograder.kit.limits import time_limit\ntry:\n    with time_limit(0.2):\n"
        "        for _ in itertools.count(): pass\nexcept KeyboardInterrupt: print('interrupted')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    assert done.stdout == "interrupted\n"


def test_what_is_in_time_is_left_alone_and_so_is_what_comes_after():
    for _ in range(200):
        with time_limit(60) as limit:
            pass
        assert not limit.is_over
    with pytest.raises(KeyboardInterrupt), time_limit(0.05):
        time.sleep(2)
    time.sleep(0.5)  # an interruption too many would come now


def test_an_endless_loop_is_said_with_its_line_and_tried_once(kit, run, monkeypatch):
    module = kit / "mlp" / "bends.py"
    module.write_text(module.read_text().replace('raise NotImplementedError("double")', LOOP))
    student = kit / "autograder" / "kit" / "student.py"
    student.write_text(student.read_text().replace("SECONDS = 10.0", "SECONDS = 0.5"))
    code, output = run()
    assert code == 1
    assert (kit / "tried").read_text() == "once "
    assert "double took too long: still running after 0.5 seconds." in output
    assert re.search(r"^  at mlp/bends\.py:1[3456]$", output, re.M)
