"""What stands behind a command: the database and Valkey it was given, or embedded ones."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from quanzi import servers
from quanzi.settings import settings, var_folder


@contextmanager
def backed() -> Iterator[bool]:
    """Hold the servers for as long as the block runs. Answers whether the database is embedded.

    Sets DATABASE_URL and VALKEY_URL for this process and its children, before anything reads them.
    """
    need_database = not os.environ.get("DATABASE_URL")
    need_valkey = not os.environ.get("VALKEY_URL")
    if not need_database and not need_valkey:
        settings()
        yield False
        return
    var = var_folder()
    var.mkdir(parents=True, exist_ok=True)
    with servers.hold(var, postgres=need_database, valkey=need_valkey) as held:
        if need_database:
            os.environ["DATABASE_URL"] = held.database_url
        if need_valkey:
            os.environ["VALKEY_URL"] = held.valkey_url
        settings.cache_clear()
        settings()
        yield need_database
