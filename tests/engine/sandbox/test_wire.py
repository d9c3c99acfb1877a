"""Frames: every plain value crosses unchanged, and no bytes do harm."""

import contextlib
import struct
from collections import namedtuple

import msgspec
import numpy as np
import pytest

from autograder.kit.calls import Handle
from autograder.sandbox import wire


def crossed(value):
    data = wire.encode(7, "call", value)
    _, header, size = wire.PREFIX.unpack(data[: wire.PREFIX.size])
    assert len(data) == wire.PREFIX.size + header + size
    return received(data).value


def received(data):
    rest = memoryview(data)

    def read(buffer):
        nonlocal rest
        if len(rest) < len(buffer):
            raise EOFError
        buffer[:], rest = rest[: len(buffer)], rest[len(buffer) :]

    return wire.receive(read)


def same(a, b):
    """Equal in type, and for arrays in everything that student code can see."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        flags = ("c_contiguous", "f_contiguous", "writeable", "owndata")
        return (
            (a.dtype, a.shape) == (b.dtype, b.shape)
            and a.tobytes() == b.tobytes()
            and all(getattr(a.flags, flag) == getattr(b.flags, flag) for flag in flags)
        )
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return same(list(a.items()), list(b.items()))
    if isinstance(a, np.generic):
        return a.dtype == b.dtype and a.tobytes() == b.tobytes()
    return a == b or a != a


SCALARS = [None, True, False, 0, -1, 2**63, -(2**63), 2**64, 10**2000, -(10**2000), 0.0, -0.0, 1.0, 1e308, float("inf")]
SCALARS += [
    float("nan"),
    1j,
    complex("nan+infj"),
    "",
    "σ(Z)",
    "lone \ud800 surrogate",
    b"",
    b"\x00\xff",
    b"x" * 100_000,
]
SCALARS += [np.float64(0.1), np.float32(0.1), np.float16(1), np.longdouble(1) / 3, np.int8(-3), np.uint64(2**64 - 1)]
SCALARS += [
    np.bool_(True),
    np.complex64(1j),
    np.str_("σ"),
    np.bytes_(b"b"),
    np.float64("nan"),
    np.array(1.0, ">f4")[()],
]


@pytest.mark.parametrize("value", SCALARS, ids=lambda value: f"{type(value).__name__} {str(value)[:12]!a}")
def test_scalars_cross_unchanged(value):
    assert same(crossed(value), value)


@pytest.mark.parametrize("dtype", ["?", "i1", "u1", "i8", ">i4", "f2", "f4", ">f8", "g", "c8", "c16", "U3", "S3"])
@pytest.mark.parametrize("shape", [(), (0,), (3, 0), (1, 1), (3, 5), (7, 11, 13)], ids=str)
@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays_cross_with_type_shape_and_order(dtype, shape, order):
    value = np.asarray(np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype), order=order).copy("K")
    assert same(crossed(value), value)


def test_a_read_only_array_stays_read_only():
    value = np.ones((3, 4))
    value.flags.writeable = False
    assert not crossed(value).flags.writeable


@pytest.mark.parametrize("step", [-1, 2])
def test_a_view_crosses_as_what_it_shows(step):
    whole = np.arange(300.0).reshape(20, 15)
    np.testing.assert_array_equal(crossed(whole[::step, ::step]), whole[::step, ::step])


def test_arrays_of_one_frame_share_no_memory():
    first, second = crossed((np.zeros(1000), np.zeros(1000)))
    first += 1
    assert not second.any()
    assert first.base is None


def test_containers_keep_their_type_and_named_tuples_become_tuples():
    pair = namedtuple("pair", "W b")
    value = [(np.ones((2, 2)), np.ones((2, 1))), {0.1: [1, (2,)], "a": {}, (1, "b"): None, None: True, 3: ()}, []]
    assert same(crossed(value), value)
    assert crossed(pair(1, 2)) == (1, 2)
    assert type(crossed(pair(1, 2))) is tuple


def test_many_0d_values_cross_in_the_header():
    losses = [np.float64(i) for i in range(3000)]
    assert same(crossed(losses), losses)
    assert wire.PREFIX.unpack(wire.encode(1, "call", losses)[: wire.PREFIX.size])[2] == 0


def test_a_handle_crosses_as_a_handle():
    handle = crossed((Handle(3, "MLP"),))[0]
    assert (handle.id, handle.type_name) == (3, "MLP")


def test_the_request_id_and_kind_are_in_the_frame():
    frame = received(wire.encode(2**64 - 1, "load", ()))
    assert (frame.id, frame.what, frame.value) == (2**64 - 1, "load", ())


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


TOO_MUCH = {
    "object array": np.array([object()]),
    "structured array": np.zeros(2, "i4,f8"),
    "datetime": np.datetime64("2027-01-01"),
    "object": object(),
    "function": len,
    "huge integer": 1 << 10**5,
    "deep": nested(100),
    "deeper than Python's stack": nested(5000),
    "many parts": [0] * 200_000,
    "many keys": dict.fromkeys(range(5000)),
    "many bytes": np.zeros((3000, 3000)),
    "array without memory": np.broadcast_to(1.0, (10**6, 10**6)),
}


@pytest.mark.parametrize("value", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_cannot_cross_is_refused_by_the_sender(value):
    with pytest.raises(wire.WireError):
        wire.encode(1, "call", value)


def frame(tokens, payload=b"", **sizes):
    header = msgspec.msgpack.encode([1, "call", tokens])
    prefix = wire.PREFIX.pack(wire.MAGIC, sizes.get("header", len(header)), sizes.get("size", len(payload)))
    return prefix + header + payload


TUPLE, LIST, DICT, INT, TEXT, BYTES, COMPLEX, SCALAR, ARRAY, HANDLE = range(10)
EIGHT = bytes(8)
FORGED = {
    "text on the wire": b"hello, I am the grade: 100 of 100 points\n",
    "no magic": b"XXXX" + frame([1])[4:],
    "header beyond the cap": wire.PREFIX.pack(wire.MAGIC, 2**32 - 1, 0),
    "buffers beyond the cap": wire.PREFIX.pack(wire.MAGIC, 10, 2**63),
    "no msgpack": wire.PREFIX.pack(wire.MAGIC, 3, 0) + b"\xc1\xc1\xc1",
    "a pickle": wire.PREFIX.pack(wire.MAGIC, 12, 0) + b"\x80\x04cos\nsystem\n",
    "four thousand million tokens": wire.PREFIX.pack(wire.MAGIC, 12, 0) + b"\x93\x01\xa4call\xdd\xff\xff\xff\xff",
    "no tokens": frame([]),
    "tokens left over": frame([1, 2]),
    "payload left over": frame([1], bytes(64)),
    "too many tokens": frame([1] * (wire.MAX_NODES + 1)),
    "unknown token": frame([[99, 1]]),
    "untyped map": frame([{"a": 1}]),
    "a list that isn't there": frame([[LIST, 3], 1]),
    "a list of minus one": frame([[LIST, -1]]),
    "a list of 2**62": frame([[LIST, 2**62]]),
    "a dictionary without values": frame([[DICT, 1], 1]),
    "a dictionary of too many": frame([[DICT, 2000], *range(4000)]),
    "an unhashable key": frame([[DICT, 1], [LIST, 0], 1]),
    "an array as key": frame([[DICT, 1], [ARRAY, "<f8", [1], False, True, EIGHT], 1]),
    "too deep": frame([[LIST, 1]] * 100 + [1]),
    "far too deep": frame([[LIST, 1]] * 50_000 + [1]),
    "objects": frame([[ARRAY, "|O", [1], False, True, EIGHT]]),
    "object scalar": frame([[SCALAR, "|O", EIGHT]]),
    "a type in words": frame([[ARRAY, "float64", [1], False, True, EIGHT]]),
    "a type that is an expression": frame([[ARRAY, "(1000000,)f8", [], False, True, EIGHT]]),
    "text of no length": frame([[ARRAY, "<U0", [2**60], False, True, b""]]),
    "more than the payload": frame([[ARRAY, "<f8", [8, 8], False, True, None]], bytes(64)),
    "less than the payload": frame([[ARRAY, "<f8", [4], False, True, None]], bytes(128)),
    "negative shape": frame([[ARRAY, "<f8", [-1, -1], False, True, EIGHT]]),
    "a shape that overflows 64 bits": frame([[ARRAY, "<f8", [2**61, 8], False, True, EIGHT]]),
    "a shape beyond 64 bits": frame([[ARRAY, "<f8", [2**64 - 1] * 8, False, True, EIGHT]]),
    "an endless empty shape": frame([[ARRAY, "<f8", [0, 2**60], False, True, b""]]),
    "too many dimensions": frame([[ARRAY, "<f8", [1] * 65, False, True, EIGHT]]),
    "a shape of floats": frame([[ARRAY, "<f8", [1.0], False, True, EIGHT]]),
    "a scalar of two": frame([[SCALAR, "<f8", bytes(16)]]),
    "half a scalar": frame([[SCALAR, "<f8", bytes(4)]]),
    "a truth value of 2": frame([[SCALAR, "|b1", b"\x02"]]),
    "truth values of 255": frame([[ARRAY, "|b1", [3], False, True, b"\xff\x00\x01"]]),
    "text beyond Unicode": frame([[ARRAY, "<U1", [1], False, True, b"\xff\xff\xff\xff"]]),
    "no UTF-8": frame([[TEXT, b"\xff\xfe"]]),
    "an integer of 100 KB": frame([[INT, b"\x01" * 100_000]]),
    "bytes that aren't there": frame([[BYTES, 2**40, None]]),
    "minus one bytes": frame([[BYTES, -1, None]]),
    "a handle named at length": frame([[HANDLE, 1, "x" * 10_000]]),
    "a real that is text": frame([[COMPLEX, "1", 2.0]]),
    "no list of tokens": wire.PREFIX.pack(wire.MAGIC, 8, 0) + msgspec.msgpack.encode([1, "call", 1]),
}


@pytest.mark.parametrize("data", FORGED.values(), ids=FORGED)
def test_what_is_no_frame_raises_one_kind_of_error(data):
    with pytest.raises(wire.WireError):
        received(data + bytes(200))


def test_a_frame_that_is_cut_short_is_left_to_the_reader():
    with pytest.raises(EOFError):
        received(wire.encode(1, "call", np.ones(100))[:-1])


def test_damaged_frames_give_a_value_or_the_error_and_nothing_else():
    value = [(np.ones((3, 5), order="F"), {0.5: "text", "k": 1j}), np.float32(2), b"bytes", True, np.zeros(100)]
    data = wire.encode(1, "call", value)
    rng = np.random.default_rng(5)
    for _ in range(3000):
        damaged = bytearray(data)
        for place in rng.integers(wire.PREFIX.size, len(data) // 4, size=rng.integers(1, 4)):
            damaged[place] = rng.integers(256)
        with contextlib.suppress(wire.WireError):
            received(bytes(damaged))


def test_the_prefix_is_of_one_size_on_all_machines():
    assert wire.PREFIX.size == struct.calcsize("<4sIQ") == 16
