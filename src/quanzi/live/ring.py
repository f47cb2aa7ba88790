"""The same bytes to many sockets in one call of the kernel's (io_uring), where it lets us.

Of what a delivery costs, the kernel's own part is the most; what is left is entering it once for each
page, and finding the way back into cold code. Here a turn of pages is one entry, and Python touches
each page's number only. Measured in `bench/fanout`; `docs/performance.md` has the figures.

Where a kernel has no ring, or a container or `kernel.io_uring_disabled` forbids it, there is none,
and `frames` writes to one after the other: the same bytes, at some more cost.

The danger is memory that the kernel reads and writes on its own, and that nothing here is Python's
to protect. What makes it sound:
- the sockets' sends do not wait (`MSG_DONTWAIT`), so that each is answered within the call that
  asks for it, and `send` returns only when all are: afterwards the kernel holds none of our bytes;
- a ring belongs to one thread; nobody else moves its tail;
- what the kernel did not take of the queue is taken out of it before anything else is written there.
"""

import ctypes
import mmap
import os
import socket
import struct
import sys
import threading
import weakref
from array import array
from collections.abc import Iterator, Sequence

# As many as are written to before pages get their turn. Longer frames go the other way.
ENTRIES, LARGEST = 256, 64 * 1024

# linux/io_uring.h. The numbers of the calls are the same on every machine that has been new since.
_SETUP, _ENTER, _GETEVENTS, _SEND = 425, 426, 1, 26
_SUBMIT_ALL = 1 << 7  # what one of them fails at is no reason to leave out the rest
_LINKED_FILE = 1 << 12  # since 6.0: what came before is not maintained everywhere
_QUEUE_AT, _ANSWERS_AT, _ENTRIES_AT = 0, 0x8000000, 0x10000000
_PARAMS = struct.Struct("=10I 8IQ 8IQ")
# In words of four bytes: a send in the queue, and where two parts of it are; an answer.
_ASK, _OF_SOCKET, _LENGTH = 16, 1, 6
_ANSWER, _RESULT = 4, 2
_WORDS = 1 << 32

_call = ctypes.CDLL(None, use_errno=True).syscall
_rings = threading.local()


def mine() -> "Ring | None":
    """This thread's ring, which is opened when it is first asked for."""
    if not hasattr(_rings, "ring"):
        _rings.ring = _opened()
    found: Ring | None = _rings.ring
    return found


def _opened() -> "Ring | None":
    """None where there is no ring, or where one does not do what it is here for."""
    if sys.platform != "linux":
        return None  # the numbers mean something else there
    try:
        ring = Ring()
        one, other = socket.socketpair()
        with one, other:
            refused = ring.send([one.fileno(), -1], b"whether it works")
            return ring if other.recv(64) and refused == [(1, 0)] else None
    except (OSError, ValueError):
        return None


class Ring:
    def __init__(self) -> None:
        params = ctypes.create_string_buffer(
            _PARAMS.pack(0, 0, _SUBMIT_ALL, *[0] * 25), _PARAMS.size
        )
        self._ring = _call(_SETUP, ENTRIES, params)
        if self._ring < 0:
            raise OSError(ctypes.get_errno(), "no ring")
        weakref.finalize(self, os.close, self._ring)
        made = _PARAMS.unpack(params.raw)
        if made[0] != ENTRIES or not made[5] & _LINKED_FILE:
            raise OSError("the kernel's ring is too old")
        queue, answers = made[10:19], made[19:28]
        self._answer_mask = made[1] - 1
        asked = self._mapped(_QUEUE_AT, queue[6] + 4 * ENTRIES)
        told = self._mapped(_ANSWERS_AT, answers[5] + 4 * _ANSWER * made[1])
        self._tail = asked[queue[1] // 4 : queue[1] // 4 + 1]
        self._told_head = told[answers[0] // 4 : answers[0] // 4 + 1]
        self._told_tail = told[answers[1] // 4 : answers[1] // 4 + 1]
        self._answers = told[answers[5] // 4 :].cast("B").cast("i")
        order = queue[6] // 4
        asked[order : order + ENTRIES] = array("I", range(ENTRIES))
        self._bytes = bytearray(LARGEST)
        self._asks = self._mapped(_ENTRIES_AT, 4 * _ASK * ENTRIES).cast("B").cast("i")
        address = ctypes.addressof(ctypes.c_char.from_buffer(self._bytes))
        for n in range(ENTRIES):
            ask = struct.pack(
                "=BBHiQQIIII24x", _SEND, 0, 0, -1, 0, address, 0,
                socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL, n, n,  # its name in both halves
            )  # fmt: skip
            self._asks[n * _ASK : (n + 1) * _ASK] = memoryview(ask).cast("i")
        self._length = 0

    def send(self, descriptors: Sequence[int], data: bytes) -> list[tuple[int, int]]:
        """Which of them, by position, did not take everything, and how many bytes they took.

        No more than ENTRIES descriptors, and LARGEST bytes. One that is none takes nothing.
        """
        count, start = len(descriptors), self._tail[0]
        self._write(data)
        numbers = array("i", descriptors)
        for first, place, many in _stretches(start, count, ENTRIES):
            begin = place * _ASK + _OF_SOCKET
            self._asks[begin : begin + many * _ASK : _ASK] = numbers[first : first + many]
        self._tail[0] = (start + count) % _WORDS
        taken = max(0, _call(_ENTER, self._ring, count, count, _GETEVENTS, None, 0))
        # Only we move the tail, and the kernel looks at it only when it is called.
        self._tail[0] = (start + taken) % _WORDS
        short = self._heard(start, taken, len(data))
        return short + [(position, 0) for position in range(taken, count)]

    def _write(self, data: bytes) -> None:
        self._bytes[: len(data)] = data
        if len(data) != self._length:
            self._length = len(data)
            self._asks[_LENGTH::_ASK] = array("i", [self._length]) * ENTRIES

    def _heard(self, start: int, count: int, length: int) -> list[tuple[int, int]]:
        head = self._told_head[0]
        while (self._told_tail[0] - head) % _WORDS < count:
            _call(_ENTER, self._ring, 0, count, _GETEVENTS, None, 0)
        whole, short = length.to_bytes(4, sys.byteorder), []
        for _, place, many in _stretches(head, count, self._answer_mask + 1):
            told = self._answers[place * _ANSWER : (place + many) * _ANSWER]
            if told[_RESULT::_ANSWER].tobytes() != whole * many:
                short += [
                    ((told[n] - start) % ENTRIES, max(0, told[n + _RESULT]))
                    for n in range(0, many * _ANSWER, _ANSWER)
                    if told[n + _RESULT] != length
                ]
        self._told_head[0] = (head + count) % _WORDS
        return short

    def _mapped(self, at: int, length: int) -> memoryview:
        shared = mmap.MAP_SHARED | getattr(mmap, "MAP_POPULATE", 0)
        return memoryview(mmap.mmap(self._ring, length, shared, offset=at)).cast("I")


def _stretches(start: int, count: int, size: int) -> Iterator[tuple[int, int, int]]:
    """Of so many in a ring of this size: the first of each unbroken stretch, its place, how many."""
    place = start % size
    before = min(count, size - place)
    yield 0, place, before
    if before < count:
        yield before, 0, count - before
