"""What falls due here may take a while: it has tickers of its own, so that no post waits for it."""

from quanzi.jobs.ticker import Ticker
from quanzi.privacy.burying import bury_due
from quanzi.privacy.making import make_next, sweep

EVERY, SWEEP_EVERY = 2.0, 600.0


def tickers() -> list[Ticker]:
    return [
        Ticker({"exports": make_next, "erasures": bury_due}, EVERY),
        Ticker({"exports.sweep": sweep}, SWEEP_EVERY),
    ]
