"""A coverage-guided fuzzer of what the grader decodes: `python tests/fuzzing/decoder.py -max_total_time=300`. All
options are libFuzzer's. Needs atheris, which is no dependency of the course: pip install atheris."""

import sys

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed, and the fuzzer needs it: pip install atheris (Linux, CPython 3.11 to 3.13)")

with atheris.instrument_imports(include=["autograder.sandbox"]):
    import numpy as np

    from autograder.kit.calls import Handle
    from autograder.sandbox import wire

SEEDS = [
    None, True, -1, 2**63, 10**40, 0.5, 1j, "σ\ud800", b"bytes", b"x" * 300, [1, (2.0, {"key": [None]})],
    Handle(3, "MLP"), np.float64(0.1), np.zeros((2, 3)), np.asfortranarray(np.ones((20, 30))), np.array(["text"]),
    np.array([True, False]),
]  # fmt: skip


def decode(data: bytes) -> None:
    """The header and payload of a frame, split where its first bytes say."""
    if len(data) < 2:
        return
    split = int.from_bytes(data[:2], "little") % (len(data) - 1)
    try:
        wire.decode(memoryview(data[2 : 2 + split]), memoryview(data[2 + split :]))
    except wire.WireError:
        return


def seed(value: object) -> bytes:
    frame = wire.encode(7, "call", value)
    header = wire.PREFIX.unpack(frame[: wire.PREFIX.size])[1]
    return header.to_bytes(2, "little") + frame[wire.PREFIX.size :]


if __name__ == "__main__":
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as corpus:
        for number, value in enumerate(SEEDS):
            (Path(corpus) / str(number)).write_bytes(seed(value))
        atheris.Setup([*sys.argv, "-rss_limit_mb=1024", corpus], decode)
        atheris.Fuzz()
