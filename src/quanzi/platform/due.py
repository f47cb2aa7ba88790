"""What is over is forgotten: tokens past their end, and families of which nothing is good."""

from quanzi.db.engine import rows
from quanzi.jobs.ticker import Ticker

AT_ONCE = 500


def tickers() -> list[Ticker]:
    return [Ticker({"oauth.over": forget_due}, every=60.0)]


async def forget_due() -> int:
    families = await rows(
        f"""delete from oauth_grant where id in (
                select id from oauth_grant where ends_at < now()
                order by ends_at limit {AT_ONCE} for update skip locked) returning 1"""
    )
    tokens = await rows(
        f"""delete from oauth_token where secret in (
                select secret from oauth_token where ends_at < now()
                order by ends_at limit {AT_ONCE} for update skip locked) returning 1"""
    )
    return len(families) + len(tokens)
