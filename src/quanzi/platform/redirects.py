"""Addresses that people are sent back to: which may be registered, and which is one of them.

Exactly the same text, and nothing like it (RFC 9700 §2.1). Only of a program on one's own machine the
port may be another, since it takes whichever is free (RFC 8252 §7.3).
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

LONGEST = 500
_SIGNS = r"[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%]"
_HTTPS = re.compile(
    r"(https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?)(?:[/?]" + _SIGNS + r"*)?"
)
# By number and not by name: a name may lead elsewhere (RFC 8252 §8.3).
_OWN_MACHINE = re.compile(
    r"(http://(?:127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?((?:[/?]" + _SIGNS + r"*)?)"
)


def can_be(address: str) -> bool:
    """Without a fragment, a name and password before the host, or signs that are read differently."""
    return len(address) <= LONGEST and bool(
        _HTTPS.fullmatch(address) or _OWN_MACHINE.fullmatch(address)
    )


def is_one_of(asked: str, registered: Sequence[str]) -> bool:
    return any(asked == each or _but_for_the_port(asked, each) for each in registered)


def origin_of(address: str) -> str:
    """For the policy of the page whose form leads there, which knows no numbers in brackets."""
    found = _HTTPS.fullmatch(address)
    if found:
        return found[1]
    return "http:" if address.startswith("http://[") else re.split(r"(?<=\d)[/?]", address)[0]


def with_answer(address: str, answer: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(answer)}"


def _but_for_the_port(asked: str, registered: str) -> bool:
    if len(asked) > LONGEST:
        return False
    here, there = _OWN_MACHINE.fullmatch(asked), _OWN_MACHINE.fullmatch(registered)
    return here is not None and there is not None and here.groups() == there.groups()
