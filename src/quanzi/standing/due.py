"""What is entered by itself: earnings, months, and what stops counting. On a ticker of its own."""

from quanzi.credit import expiring
from quanzi.jobs.ticker import Ticker
from quanzi.standing import earning, staying

EVERY = 5.0


def tickers() -> list[Ticker]:
    return [
        Ticker(
            {
                "credit.expired": expiring.expire_due,
                "credit.earned": earning.reward_due,
                "credit.months": staying.count_months,
            },
            every=EVERY,
        )
    ]
