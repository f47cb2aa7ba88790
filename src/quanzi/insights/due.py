"""What this room looks after by itself, each apart."""

from quanzi.insights import counting, letter, rolling, trimming
from quanzi.jobs.ticker import Ticker


def tickers() -> list[Ticker]:
    return [
        Ticker({"views": counting.write_down}, every=counting.EVERY),
        Ticker({"insights": rolling.roll_due}, every=20.0),
        Ticker({"insights.letters": letter.write_due}, every=20.0),
        Ticker({"insights.old": trimming.trim}, every=60.0),
    ]
