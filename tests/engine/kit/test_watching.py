"""`pytest --watch` and `pytest --plots`, as a student types them."""

import queue
import subprocess
import sys
import threading

import pytest

END = "Ctrl-C ends."


@pytest.fixture
def watched(kit, environment):
    """`watched("--only", "half")` starts it; `next()` of that is what it shows next, up to its last line."""
    started = []

    def watched(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pytest", "--watch", *arguments],
            cwd=kit, env={**environment, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        started.append(process)
        lines = queue.Queue()
        threading.Thread(target=lambda: [lines.put(line) for line in process.stdout], daemon=True).start()

        def shown():
            text = ""
            while END not in text:
                text += lines.get(timeout=30)
            return text

        return shown

    yield watched
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_saved_file_is_judged_and_the_next_exercise_shown(watched, kit, fill):
    shown = watched()
    assert "Next: double(Z)" in shown()
    fill("bends")
    text = shown()
    assert "2 of 4 exercises, 5 of 10 points" in text
    assert "Next: Net(sizes)" in text
    module = kit / "mlp" / "bends.py"
    module.write_text(module.read_text().replace("return 2 * Z", "return 3 * Z"))
    assert "Wrong: double(Z)" in shown()


def test_what_uses_a_saved_module_is_judged_as_well(watched, kit, fill):
    fill("bends", "model")
    shown = watched()
    assert "4 of 4 exercises" in shown()
    module = kit / "mlp" / "bends.py"
    module.write_text(module.read_text().replace("return 2 * Z", "return 3 * Z"))
    first, _, then = shown().partition("Checking what builds on it ...")
    assert "3 of 4 exercises" in first
    assert "2 of 4 exercises" in then


def test_one_exercise_can_be_watched(watched, fill):
    shown = watched("--only", "half")
    assert "Next: half(Z, rest=0.0)" in shown()
    fill("bends")
    assert "1 of 1 exercises" in shown()


def test_plots_are_drawn_where_they_can_be(run, kit, fill):
    fill("bends")
    assert run("--plots")[0] == 4, "there is nothing to draw in this kit"
    (kit / "pictures.py").write_text(
        "from autograder.kit.plots import plot_activation\n"
        "def doubled():\n    from mlp.bends import double\n    return plot_activation(double)\n"
        "def shouted():\n    from mlp.more import shout\n    return plot_activation(shout)\n"
        "def broken():\n    return 1 / 0\n"
    )
    code, output = run("--plots")
    assert code == 0
    assert output.split("\n")[:3] == [
        "pictures/doubled.png",
        "shouted: not yet, it needs shout",
        "broken: could not be drawn (ZeroDivisionError: division by zero)",
    ]
    assert (kit / "pictures" / "doubled.png").read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in (kit / "pictures").iterdir()] == ["doubled.png"]
