"""The wire's decoder against whatever bytes there are: every value crosses unchanged, and what is no frame is a
WireError or an early end, without more memory than its size explains. `tests/fuzzing` goes on where this ends."""

import contextlib
import tracemalloc

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from autograder.kit.calls import Handle
from autograder.sandbox import wire

settings.register_profile("repeatable", derandomize=True, max_examples=300, deadline=None, database=None)
settings.load_profile("repeatable")

DTYPES = some.one_of(
    arrays.boolean_dtypes(), arrays.integer_dtypes(endianness="?"), arrays.unsigned_integer_dtypes(endianness="?"),
    arrays.floating_dtypes(endianness="?"), arrays.complex_number_dtypes(endianness="?"),
    arrays.unicode_string_dtypes(max_len=5), arrays.byte_string_dtypes(max_len=5),
)  # fmt: skip
ARRAYS = arrays.arrays(DTYPES, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=12))
ATOMS = some.one_of(
    some.none(), some.booleans(), some.integers(), some.floats(), some.complex_numbers(), some.binary(max_size=600),
    some.text(some.characters(exclude_categories=()), max_size=20), ARRAYS,
)  # fmt: skip
KEYS = some.one_of(some.text(max_size=5), some.integers(), some.floats(allow_nan=False), some.booleans())
VALUES = some.recursive(
    ATOMS,
    lambda inner: some.one_of(
        some.lists(inner, max_size=5),
        some.lists(inner, max_size=5).map(tuple),
        some.dictionaries(KEYS, inner, max_size=5),
    ),
    max_leaves=20,
)
SIZES = some.one_of(some.integers(-2, 8), some.sampled_from([2**31, 2**32, 2**62, 2**63 - 1, -(2**63)]))
SCALAR_TYPES = ["<f8", "|O", "|b1", "<U3", "<M8", "|V8", "x"]
ARRAY_TYPES = ["<f8", "|O", "|b1", "<U99999", "<f8,<f8", "|S0"]
TOKENS = some.lists(
    some.one_of(
        ATOMS.filter(lambda value: not isinstance(value, (np.ndarray, complex, bytes, int))),
        some.tuples(some.integers(-1, 10), SIZES),
        some.tuples(some.just(3), some.binary(max_size=40)),
        some.tuples(some.just(5), SIZES, some.none() | some.binary(max_size=8)),
        some.tuples(some.just(7), some.sampled_from(SCALAR_TYPES), some.binary(max_size=16)),
        some.tuples(
            some.just(8), some.sampled_from(ARRAY_TYPES), some.lists(SIZES, max_size=40),
            some.booleans(), some.booleans(), some.none() | some.binary(max_size=64),
        ),
    ),
    max_size=12,
)  # fmt: skip


def decoded(data):
    """What the decoder makes of the bytes; None where it says that they are no frame, or they end early."""
    rest = memoryview(data)

    def read(buffer):
        nonlocal rest
        if len(rest) < len(buffer):
            raise EOFError
        buffer[:], rest = rest[: len(buffer)], rest[len(buffer) :]

    with contextlib.suppress(wire.WireError, EOFError):
        return wire.receive(read)


def frugally_decoded(data):
    tracemalloc.start()
    try:
        frame = decoded(data)
        assert tracemalloc.get_traced_memory()[1] < claimed(data) + 200 * len(data) + 100_000
        return frame
    finally:
        tracemalloc.stop()


def claimed(data):
    """The bytes that are set aside for a frame before it is there: those that its prefix claims, which are capped."""
    if len(data) < wire.PREFIX.size:
        return 0
    _, header, size = wire.PREFIX.unpack(data[: wire.PREFIX.size])
    return header + size if header <= wire.MAX_HEADER and size <= wire.MAX_TOTAL else 0


def exact(value):
    """A value in a form that compares by type and bits."""
    if isinstance(value, np.ndarray):
        return "array", value.dtype.str, value.shape, value.tobytes(), value.flags.writeable
    if isinstance(value, dict):
        return "dict", [(exact(key), exact(item)) for key, item in value.items()]
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [exact(item) for item in value]
    if isinstance(value, (float, complex)):
        return type(value).__name__, np.array(value).tobytes()
    return type(value).__name__, value


@given(some.integers(0, 2**63 - 1), VALUES)
def test_every_value_crosses_unchanged(number, value):
    try:
        data = wire.encode(number, "call", value)
    except wire.WireError:
        return
    frame = decoded(data)
    assert (frame.id, frame.what) == (number, "call")
    assert exact(frame.value) == exact(value)


@given(VALUES, some.data())
def test_a_damaged_frame_does_no_harm(value, data):
    with contextlib.suppress(wire.WireError):
        frame = bytearray(wire.encode(7, "call", value))
        for _ in range(data.draw(some.integers(1, 4))):
            place = data.draw(some.integers(0, len(frame) - 1))
            frame[place] = data.draw(some.integers(0, 255))
        cut = data.draw(some.integers(0, len(frame)))
        frugally_decoded(bytes(frame[: cut or None]))


@given(TOKENS, some.binary(max_size=200))
def test_forged_tokens_do_no_harm(tokens, payload):
    with contextlib.suppress(
        TypeError, ValueError, OverflowError, msgspec.MsgspecError
    ):  # what msgpack can't even hold
        header = msgspec.msgpack.encode([7, "call", tokens])
        frugally_decoded(wire.PREFIX.pack(wire.MAGIC, len(header), len(payload)) + header + payload)


@given(some.binary(max_size=400))
def test_noise_does_no_harm(noise):
    frugally_decoded(noise)
    frugally_decoded(wire.PREFIX.pack(wire.MAGIC, len(noise), 0) + noise)


def test_a_handle_crosses_as_its_number_and_name():
    frame = decoded(wire.encode(7, "call", [Handle(3, "MLP")]))
    assert (frame.value[0].id, frame.value[0].type_name) == (3, "MLP")
