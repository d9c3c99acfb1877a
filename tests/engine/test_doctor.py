"""What `autograder doctor` says of a machine."""

from autograder import doctor
from autograder.sandbox.client import Probe


def test_what_is_missing_comes_with_advice(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    lines = doctor.doctor().splitlines()
    missing = {line[2:].split("  ")[0] for line in lines if line.startswith("! ")}
    assert {"bwrap", "browser"} <= missing
    assert all("not found. " in line for line in lines if line.startswith("! "))
    assert any("apt-get install chromium" in line for line in lines)


def test_what_is_there_comes_with_its_version_or_place(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: f"/somewhere/{name}")
    text = doctor.doctor()
    assert "/somewhere/bwrap" in text
    assert "/somewhere/chromium" in text
    assert f"numpy           {doctor.version('numpy')}" in text
    assert f"isolation       {doctor.probe().level}: student code" in text


def test_it_says_what_keeps_this_machine_from_a_better_isolation(monkeypatch):
    found = Probe("isolated", ("bubblewrap is not installed: sudo apt-get install bubblewrap",))
    monkeypatch.setattr(doctor, "probe", lambda: found)
    line = next(line for line in doctor.doctor().splitlines() if "isolation" in line)
    assert line.endswith("round it (bubblewrap is not installed: sudo apt-get install bubblewrap)")
