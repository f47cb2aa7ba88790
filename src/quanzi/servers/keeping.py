"""What the keeper does all day: lets clients in, looks after the servers, leaves when alone."""

import contextlib
import json
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from quanzi.servers.child import LOOK_EVERY, Child

# A command that follows another finds the servers still running.
GRACE = 0.3
# The first client has yet to get from our start to our door.
FIRST_GRACE = 3.0
LOGS_EVERY = 60.0
# A start may fail once or twice for what passes, such as a killed server's last processes.
PATIENT_WITH = 3


@dataclass(eq=False)
class Client:
    connection: socket.socket
    asked: bytes = b""
    # What it needs and has not got, with the failures counted when it asked.
    waits_for: dict[str, int] = field(default_factory=dict)
    answered: bool = False


class Keeping:
    def __init__(
        self, door: socket.socket, children: dict[str, Child], woken: socket.socket
    ) -> None:
        self._door = door
        self._children = children
        self._wanted: dict[str, Child] = {}
        self._clients: set[Client] = set()
        self._leaving: list[socket.socket] = []
        self._alone_since = time.monotonic() + FIRST_GRACE - GRACE
        self._logs_due = time.monotonic() + LOGS_EVERY
        self._selector = selectors.DefaultSelector()
        self._listen(door, self._let_in)
        self._listen(woken, lambda: woken.recv(4096))

    def run(self) -> None:
        while self._clients or time.monotonic() < self._alone_since + GRACE:
            for key, _ in self._selector.select(self._pause()):
                key.data()
            for child in self._wanted.values():
                child.look()
            self._answer()
            self._look_after_logs()
        self._leave()

    def _listen(self, to: socket.socket, on_readable: Callable[[], object]) -> None:
        self._selector.register(to, selectors.EVENT_READ, on_readable)

    def _pause(self) -> float:
        pauses = [pause for child in self._wanted.values() if (pause := child.pause()) is not None]
        if not self._clients:
            pauses.append(max(0.0, self._alone_since + GRACE - time.monotonic()))
        if self._waiting():
            pauses.append(LOOK_EVERY)
        return min([LOGS_EVERY, *pauses])

    def _let_in(self) -> None:
        try:
            connection, _ = self._door.accept()
        except OSError:
            return  # gone again, or we have too many; it knocks once more
        client = Client(connection)
        self._clients.add(client)
        self._listen(connection, lambda: self._hear(client))
        self._say_goodbye()

    def _hear(self, client: Client) -> None:
        try:
            heard = client.connection.recv(4096)
        except ConnectionError:
            heard = b""
        if not heard:
            self._let_go(client)
            return
        client.asked += heard
        if client.asked.endswith(b"\n"):
            self._want(client, client.asked.decode().split())

    def _want(self, client: Client, names: list[str]) -> None:
        for name in self._children.keys() & names:
            child = self._wanted[name] = self._children[name]
            client.waits_for[name] = child.failures

    def _answer(self) -> None:
        for client in self._waiting():
            self._answer_one(client)

    def _waiting(self) -> list[Client]:
        return [each for each in self._clients if each.waits_for and not each.answered]

    def _answer_one(self, client: Client) -> None:
        waited = {self._children[name]: before for name, before in client.waits_for.items()}
        failed = [c for c, before in waited.items() if c.failures >= before + PATIENT_WITH]
        if failed:
            self._say(client, {"failed": failed[0].failure})
        elif all(child.answers() for child in waited):
            self._say(client, {})

    def _say(self, client: Client, words: dict[str, str]) -> None:
        client.answered = True
        with contextlib.suppress(OSError):  # gone; the loop will hear of it
            client.connection.sendall(json.dumps(words).encode() + b"\n")

    def _let_go(self, client: Client) -> None:
        """Its connection is closed when the servers have stopped or are needed further: a client
        that waits for that knows that nothing of ours is left behind."""
        self._selector.unregister(client.connection)
        self._clients.remove(client)
        self._leaving.append(client.connection)
        if self._clients:
            self._say_goodbye()
        else:
            self._alone_since = time.monotonic()

    def _say_goodbye(self) -> None:
        for connection in self._leaving:
            connection.close()
        self._leaving.clear()

    def _look_after_logs(self) -> None:
        if time.monotonic() >= self._logs_due:
            self._logs_due = time.monotonic() + LOGS_EVERY
            for child in self._wanted.values():
                child.rotate_log()

    def _leave(self) -> None:
        """The door first: who comes now starts the next keeper, which waits until we are gone."""
        Path(self._door.getsockname()).unlink(missing_ok=True)
        self._door.close()
        for child in self._wanted.values():
            child.ask_to_stop()
        for child in self._wanted.values():
            child.stop()
