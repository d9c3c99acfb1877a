"""What crosses the sockets: (request id, what, plain value) to bytes and back. Called by `processes` and `worker`.

A frame is a fixed-size prefix, a typed msgpack header and raw array buffers padded to 64 bytes; the value stands in the
header as tokens. Whatever is no frame raises WireError, before memory is set aside for what it claims."""

import socket
import struct
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import msgspec
import numpy as np

from autograder.sandbox.tokens import MAX_NODES, MAX_TOTAL, READING, Reader, Token, WireError, flatten, padded

__all__ = ["ANSWER", "COMMAND", "Frame", "WireError", "decode", "encode", "receive", "receive_from"]

MAX_HEADER = 8 << 20
PREFIX = struct.Struct("<4sIQ")  # magic, bytes of header, bytes of buffers
MAGIC = b"MLP1"
COMMAND = struct.Struct("<cq")  # grader to zygote: F(ork), C(PU time) or E(nd); pid
ANSWER = struct.Struct("<qd")  # pid, or 0 where there is no such worker; CPU seconds, or -1 where they can't be known


class Frame(NamedTuple):
    id: int
    what: str
    value: Any


class _Header(msgspec.Struct, array_like=True):
    id: int
    what: Annotated[str, msgspec.Meta(max_length=20)]
    tokens: Annotated[list[Token], msgspec.Meta(max_length=MAX_NODES)]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Header)


def encode(id: int, what: str, value: Any) -> bytes:  # noqa: A002
    """The frame as bytes. WireError if the value is of a kind or size that doesn't cross."""
    tokens: list[Any] = []
    buffers: list[bytes | memoryview] = []
    flatten(value, tokens, buffers, 0)
    if len(tokens) > MAX_NODES:
        raise WireError(f"a value of {len(tokens)} parts is too large to send")
    header = _encoder.encode(_Header(id, what, tokens))
    size = sum(padded(len(part)) for part in buffers)
    if len(header) > MAX_HEADER or size > MAX_TOTAL:
        raise WireError(f"a value of {len(header) + size} bytes is too large to send")
    parts: list[bytes | memoryview] = [PREFIX.pack(MAGIC, len(header), size), header]
    for part in buffers:
        parts += [part, bytes(padded(len(part)) - len(part))]
    return b"".join(parts)


def receive(read: Callable[[memoryview], None]) -> Frame:
    """The next frame. `read` fills the buffer that it is given, or raises."""
    prefix = bytearray(PREFIX.size)
    read(memoryview(prefix))
    magic, header, size = PREFIX.unpack(prefix)
    if magic != MAGIC or header > MAX_HEADER or size > MAX_TOTAL:
        raise WireError("not a frame")
    data = np.empty(header + size, np.uint8).data
    read(data)
    return decode(data[:header], data[header:])


def receive_from(sock: socket.socket) -> Frame:
    """The next frame of a socket that blocks; EOFError once the other end is closed."""

    def read(buffer: memoryview) -> None:
        while buffer:
            count = sock.recv_into(buffer)
            if not count:
                raise EOFError
            buffer = buffer[count:]

    return receive(read)


def decode(header: memoryview, payload: memoryview) -> Frame:
    try:
        frame = _decoder.decode(header)
        reader = Reader(frame.tokens, payload)
        value = reader.value(0)
    except (msgspec.MsgspecError, *READING) as error:
        raise WireError(f"not a frame: {type(error).__name__}") from None
    if reader.next != len(frame.tokens) or reader.offset != len(payload):
        raise WireError("a frame with something left over")
    return Frame(frame.id, frame.what, value)
