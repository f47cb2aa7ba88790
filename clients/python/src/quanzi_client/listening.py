"""A circle's events as they happen, taken up again where they were cut off."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx

from quanzi_client.asking import Refused

# The site says at least every twenty seconds that it is there.
SILENT = 45.0
RETRY = 2.0

Event = dict[str, Any]


def listen(client: httpx.Client, path: str, place: str = "") -> Iterator[Event]:
    """Each event once, in order, with its `op` and the `place` to go on from. Ends only by Refused:
    what is cut off is begun anew from the last place.
    """
    while True:
        headers = {"accept": "text/event-stream"}
        if place:
            headers["last-event-id"] = place
        try:
            with client.stream("GET", path, headers=headers, timeout=SILENT) as answer:
                if answer.is_error:
                    answer.read()
                    raise Refused(answer)
                for event in _events(answer.iter_lines()):
                    place = event["place"]
                    yield event
        except httpx.TransportError:
            pass
        time.sleep(RETRY)


def _events(lines: Iterator[str]) -> Iterator[Event]:
    held: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line:
            held[name] = value
            continue
        if "data" in held:
            yield {
                "op": held.get("event", ""),
                "place": held.get("id", ""),
                **json.loads(held["data"]),
            }
        held = {}
