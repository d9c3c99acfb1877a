"""A plain value as one flat list of tokens and raw buffers, and back. Called by `wire`.

Flat, so that msgspec checks every type and count before anything is made of them. What comes from a worker may be
forged: sizes are exact Python ints, compared with caps first; what doesn't fit raises WireError or one of READING."""

import functools
import re
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from autograder.kit.calls import Handle

MAX_TOTAL = 64 << 20  # bytes of an array, and of all buffers together
MAX_NODES = 110_000
MAX_DEPTH = 40
MAX_DICT = 1024  # keys that all hash alike take quadratic time
MAX_INT = 1024  # bytes; Python refuses to print integers of more than some 1,780
INLINE = 256  # bytes up to which an array is a token by itself
DTYPES = re.compile(r"[<>|](b1|[iu][1248]|f(2|4|8|16)|c(8|16|32)|[US][1-9]\d{0,5})")


class WireError(Exception):
    """Bytes that are no frame, or a value that no frame can hold."""


READING = (ValueError, TypeError, IndexError, OverflowError, RecursionError)


class _Tuple(msgspec.Struct, array_like=True, tag=0, gc=False):
    count: int


class _List(msgspec.Struct, array_like=True, tag=1, gc=False):
    count: int


class _Dict(msgspec.Struct, array_like=True, tag=2, gc=False):
    count: int


class _Int(msgspec.Struct, array_like=True, tag=3, gc=False):
    data: Annotated[bytes, msgspec.Meta(max_length=MAX_INT)]


class _Text(msgspec.Struct, array_like=True, tag=4, gc=False):  # text with lone surrogates
    data: bytes


class _Bytes(msgspec.Struct, array_like=True, tag=5, gc=False):
    size: int
    data: bytes | None


class _Complex(msgspec.Struct, array_like=True, tag=6, gc=False):
    real: float
    imag: float


class _Scalar(msgspec.Struct, array_like=True, tag=7, gc=False):
    dtype: str
    data: bytes


class _Array(msgspec.Struct, array_like=True, tag=8, gc=False):
    dtype: str
    shape: Annotated[list[Annotated[int, msgspec.Meta(ge=0)]], msgspec.Meta(max_length=32)]
    fortran: bool
    writeable: bool
    data: bytes | None  # None: the next buffer


class _Handle(msgspec.Struct, array_like=True, tag=9, gc=False):
    id: int
    type_name: Annotated[str, msgspec.Meta(max_length=200)]


Token = (
    None
    | bool
    | int
    | float
    | str
    | _Tuple
    | _List
    | _Dict
    | _Int
    | _Text
    | _Bytes
    | _Complex
    | _Scalar
    | _Array
    | _Handle
)


def flatten(value: Any, tokens: list[Any], buffers: list[bytes | memoryview], depth: int) -> None:
    kind = type(value)
    if kind is float or kind is bool or value is None:
        tokens.append(value)
    elif kind is int:
        tokens.append(value if -(1 << 63) <= value < 1 << 64 else _big(value))
    elif kind is str:
        tokens.append(_text(value))
    elif kind is np.ndarray:
        tokens.append(_array(value, buffers))
    elif isinstance(value, np.generic):
        tokens.append(_Scalar(_allowed(value.dtype), value.tobytes()))
    elif depth == MAX_DEPTH:
        raise WireError("a value is nested too deeply to send")
    elif kind is list or isinstance(value, tuple):  # named tuples become tuples
        tokens.append(_List(len(value)) if kind is list else _Tuple(len(value)))
        for item in value:
            flatten(item, tokens, buffers, depth + 1)
    elif kind is dict:
        if len(value) > MAX_DICT:
            raise WireError(f"a dictionary of {len(value)} entries is too large to send")
        tokens.append(_Dict(len(value)))
        for key, item in value.items():
            flatten(key, tokens, buffers, depth + 1)
            flatten(item, tokens, buffers, depth + 1)
    elif kind is bytes:
        tokens.append(_Bytes(len(value), value if len(value) <= INLINE else None))
        if len(value) > INLINE:
            buffers.append(value)
    elif kind is complex:
        tokens.append(_Complex(value.real, value.imag))
    elif kind is Handle:
        tokens.append(_Handle(value.id, value.type_name[:200]))
    else:
        raise WireError(f"a {kind.__name__} can't be sent")


def _big(value: int) -> _Int:
    size = value.bit_length() // 8 + 1
    if size > MAX_INT:
        raise WireError(f"an integer of {size} bytes is too large to send")
    return _Int(value.to_bytes(size, "little", signed=True))


def _text(value: str) -> str | _Text:
    try:
        value.encode()
    except UnicodeEncodeError:
        return _Text(value.encode("utf-8", "surrogatepass"))
    return value


def _array(value: NDArray[Any], buffers: list[bytes | memoryview]) -> _Array:
    if value.nbytes > MAX_TOTAL:
        raise WireError(f"an array of {value.nbytes} bytes is too large to send")
    fortran = value.flags.f_contiguous and not value.flags.c_contiguous
    inline = value.nbytes <= INLINE
    order: Literal["F", "C"] = "F" if fortran else "C"
    data = value.tobytes(order) if inline else None
    if not inline:
        buffers.append(value.ravel(order).view(np.uint8).data)
    return _Array(_allowed(value.dtype), list(value.shape), fortran, value.flags.writeable, data)


@functools.lru_cache(256)
def _allowed(dtype: np.dtype[Any]) -> str:
    if not DTYPES.fullmatch(dtype.str):
        raise WireError(f"data of type {dtype} can't be sent")
    return dtype.str


@functools.lru_cache(256)
def _dtype(name: str) -> np.dtype[Any]:
    if not DTYPES.fullmatch(name):
        raise WireError("a type of data that isn't allowed")
    return np.dtype(name)


def padded(size: int) -> int:
    return -(-size // 64) * 64


class Reader:
    """Makes a value of tokens and a payload of buffers."""

    def __init__(self, tokens: list[Any], payload: memoryview):
        self.tokens, self.next = tokens, 0
        self.payload, self.offset = payload, 0

    def value(self, depth: int) -> Any:
        token = self.tokens[self.next]
        self.next += 1
        kind = type(token)
        if kind is float or kind is int or kind is str or kind is bool or token is None:
            return token
        if kind is _Array:
            return self.array(token)
        if kind is _Scalar:
            return _scalar(token)
        if kind is _Complex:
            return complex(token.real, token.imag)
        if kind is _Int:
            return int.from_bytes(token.data, "little", signed=True)
        if kind is _Text:
            return token.data.decode("utf-8", "surrogatepass")
        if kind is _Bytes:
            return self.buffer(token.size).tobytes() if token.data is None else token.data
        if kind is _Handle:
            return Handle(token.id, token.type_name)
        return self.container(token, depth + 1)

    def container(self, token: _Tuple | _List | _Dict, depth: int) -> Any:
        if depth > MAX_DEPTH or not 0 <= token.count <= len(self.tokens) - self.next:
            raise WireError("a container that doesn't fit")
        if type(token) is _List:
            return [self.value(depth) for _ in range(token.count)]
        if type(token) is _Tuple:
            return tuple([self.value(depth) for _ in range(token.count)])
        if token.count > MAX_DICT:
            raise WireError("a dictionary that is too large")
        return {self.value(depth): self.value(depth) for _ in range(token.count)}

    def array(self, token: _Array) -> NDArray[Any]:
        dtype = _dtype(token.dtype)
        size = extent = dtype.itemsize
        for length in token.shape:
            size, extent = size * length, extent * max(length, 1)
        if extent > MAX_TOTAL:  # of empty arrays too: (0, 2**60) is a trap for whoever uses its shape
            raise WireError("an array that is too large")
        data = self.buffer(size) if token.data is None else token.data
        if len(data) != size:
            raise WireError("an array that doesn't fit its shape")
        order: Literal["F", "C"] = "F" if token.fortran else "C"
        view: NDArray[Any] = np.ndarray(token.shape, dtype, data, order=order)
        value = view.copy("K")
        if dtype.kind in "bU":
            _check_elements(value)
        if not token.writeable:
            value.flags.writeable = False
        return value

    def buffer(self, size: int) -> memoryview:
        if not 0 <= size <= len(self.payload) - self.offset:
            raise WireError("a buffer that isn't there")
        start, self.offset = self.offset, self.offset + padded(size)
        return self.payload[start : start + size]


def _scalar(token: _Scalar) -> Any:
    dtype = _dtype(token.dtype)
    value = np.frombuffer(token.data, dtype)
    if len(value) != 1:
        raise WireError("a scalar that is none")
    if dtype.kind in "bU":
        _check_elements(value)
    return value[0]


def _check_elements(value: NDArray[Any]) -> None:
    """Not every bytes are truth values or text, and NumPy finds out late."""
    flat = value.ravel("K")
    if value.dtype.kind == "b" and value.size and flat.view(np.uint8).max() > 1:
        raise WireError("truth values that are neither")
    if value.dtype.kind == "U" and value.size and flat.view(f"{value.dtype.str[0]}u4").max() > 0x10FFFF:
        raise WireError("text that is none")
