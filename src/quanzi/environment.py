"""Words and numbers in variables of the environment. What cannot be used stops the start in one line."""

import os
import re


class WrongSetting(Exception):
    """A variable of the environment holds what cannot be used."""


def choice(name: str, *allowed: str) -> str:
    if (given := os.environ.get(name, "")) not in {"", *allowed}:
        raise WrongSetting(f"{name} must be empty or: {', '.join(allowed)}.")
    return given


def whole(name: str, default: int, *, low: int, high: int) -> int:
    given = os.environ.get(name, "")
    if not given:
        return default
    if not given.isdecimal() or not low <= int(given) <= high:
        raise WrongSetting(f"{name} is {given!r}; it must be a whole number from {low} to {high}.")
    return int(given)


def domains(name: str) -> frozenset[str]:
    """`a.example, b.example`; each stands for what lies below it, too."""
    given = {each for each in re.split(r"[\s,]+", os.environ.get(name, "").lower()) if each}
    for each in given:
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", each):
            raise WrongSetting(f"{name} names {each!r}; it must hold domains: a.example, b.example")
    return frozenset(given)
