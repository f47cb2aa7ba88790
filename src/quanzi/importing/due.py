"""Imports take a while: they have a ticker of their own, so that no post waits for them."""

from quanzi.importing.bringing import bring_some
from quanzi.importing.sweeping import sweep
from quanzi.importing.trying import try_some
from quanzi.jobs.ticker import Ticker


def tickers() -> list[Ticker]:
    return [
        Ticker({"imports.try": try_some, "imports.bring": bring_some}),
        Ticker({"imports.sweep": sweep}, every=600.0),
    ]
