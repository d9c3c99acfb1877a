"""The committed programs for the kernel's filter are those that the generator makes, and do what its lists say."""

import base64
import struct

import pytest

from autograder.sandbox import seccomp_generate as generator
from autograder.sandbox.seccomp_programs import PROGRAMS

HAVE_LIBRARY = pytest.mark.skipif(
    generator.library() is None, reason="libseccomp is not installed: sudo apt-get install libseccomp2"
)
MACHINES = pytest.mark.parametrize("machine", generator.MACHINES)
NO_SUCH_MACHINE = 0x40000003  # AUDIT_ARCH_I386


def decide(program, machine, number, *arguments):
    """What the program says of a call: it is run as the kernel would."""
    data = struct.pack("<IIQ6Q", number, machine, 0, *arguments, *[0] * (6 - len(arguments)))
    accumulator = place = 0
    while True:
        code, if_true, if_false, k = struct.unpack_from("<HBBI", program, 8 * place)
        place += 1
        if code == 0x20:  # load a word
            accumulator = struct.unpack_from("<I", data, k)[0]
        elif code == 0x54:  # and
            accumulator &= k
        elif code == 0x05:  # jump
            place += k
        elif code in (0x15, 0x25, 0x35):  # jump if equal, greater, greater or equal
            holds = {0x15: accumulator == k, 0x25: accumulator > k, 0x35: accumulator >= k}[code]
            place += if_true if holds else if_false
        else:
            assert code == 0x06  # return
            return k


@pytest.fixture
def decisions():
    """Of every call, without arguments and with such as the lists name."""

    def decisions(program, machine):
        cases = [(number, *[value] * 6) for number in range(600) for value in (0, 1, 3, 4, 1 << 32)]
        return {case: decide(program, generator.MACHINES[machine], *case) for case in cases}

    return decisions


@HAVE_LIBRARY
@MACHINES
def test_the_generator_makes_what_is_committed(decisions, machine):
    fresh, committed = generator.generate(machine), base64.b64decode(PROGRAMS[machine])
    if fresh != committed:  # another version of libseccomp puts it in another order
        assert decisions(fresh, machine) == decisions(committed, machine)


@HAVE_LIBRARY
@MACHINES
def test_calls_are_allowed_refused_or_unknown_as_the_lists_say(machine):
    program, token = base64.b64decode(PROGRAMS[machine]), generator.MACHINES[machine]

    def numbers(names):
        found = (generator.library().seccomp_syscall_resolve_name_arch(token, name.encode()) for name in names)
        return {number for number in found if number >= 0}

    allowed, refused, conditional = map(numbers, (generator.ALLOWED, generator.REFUSED, generator.ALLOWED_WITH))
    assert len(allowed) > 30
    assert not allowed & refused
    for number in set(range(600)) - conditional:
        expected = generator.ALLOW if number in allowed else generator.EPERM if number in refused else generator.ENOSYS
        assert decide(program, token, number, *[0xFFFFFFFF] * 6) == expected


@MACHINES
def test_calls_with_conditions_need_each_of_them(machine):
    program, token = base64.b64decode(PROGRAMS[machine]), generator.MACHINES[machine]
    sendto, fcntl, prlimit64 = {"x86_64": (44, 72, 302), "aarch64": (206, 25, 261)}[machine]
    allowed = [(sendto, 3, 1, 1, 0, 0), (fcntl, 3, 1), (fcntl, 3, 3), (prlimit64, 0, 7, 0, 1)]
    assert {decide(program, token, *call) for call in allowed} == {generator.ALLOW}
    denied = [(sendto, 3, 1, 1, 0, 1), (fcntl, 3, 8, 1), (fcntl, 3, 4), (prlimit64, 0, 7, 1), (prlimit64, 1, 7, 0)]
    assert {decide(program, token, *call) for call in denied} == {generator.ENOSYS}


@MACHINES
def test_calls_of_another_kind_end_the_process(machine):
    program, token = base64.b64decode(PROGRAMS[machine]), generator.MACHINES[machine]
    assert decide(program, NO_SUCH_MACHINE, 4) == generator.KILL_PROCESS
    if machine == "x86_64":
        assert {decide(program, token, (1 << 30) + number) for number in range(600)} == {generator.KILL_PROCESS}
