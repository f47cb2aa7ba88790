"""Finds what a wheel brought, without importing it: the keeper is to stay small."""

from importlib.util import find_spec
from pathlib import Path

from quanzi.servers.failure import ServersFailed


def folder_of(package: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ServersFailed(f"The Python package {package} is not installed.")
    return Path(found.submodule_search_locations[0]).resolve()
