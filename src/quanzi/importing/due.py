"""Imports take a while: they have a ticker of their own, so that no post waits for them."""

from quanzi.importing.bringing import bring_some
from quanzi.importing.claiming import IS_FREE
from quanzi.importing.sweeping import sweep
from quanzi.importing.trying import try_some
from quanzi.jobs.ticker import Ticker
from quanzi.jobs.watch import Due, Watched


def tickers() -> list[Ticker]:
    return [
        Watched(
            {
                "imports.try": Due(f"select from {IS_FREE} and state = 'trying'", try_some),
                "imports.bring": Due(f"select from {IS_FREE} and state = 'running'", bring_some),
            }
        ),
        Ticker({"imports.sweep": sweep}, every=600.0),
    ]
