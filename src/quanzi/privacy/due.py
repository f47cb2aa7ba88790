"""What falls due here may take a while: it has tickers of its own, so that no post waits for it."""

from quanzi.jobs.ticker import Ticker
from quanzi.jobs.watch import Due, Watched
from quanzi.privacy import burying, making

SWEEP_EVERY = 600.0


def tickers() -> list[Ticker]:
    return [
        Watched(
            {
                "exports": Due(f"select from {making.IS_DUE}", making.make_next),
                "erasures": Due(f"select from {burying.IS_DUE}", burying.bury_due),
            }
        ),
        Ticker({"exports.sweep": making.sweep}, SWEEP_EVERY),
    ]
