"""What the tests of insights say again and again."""

from datetime import UTC, datetime, timedelta

from quanzi.db.engine import rows
from quanzi.insights import rolling

HERE = "/c/night-run/manage/insights"


async def at_day(circle_id: int, days_ago: int, **figures: int) -> None:
    """A day as it was counted: the running site's own catching up must not count it again."""
    await rolling.counted_by_hand()
    names = ", ".join(figures)
    await rows(
        f"""insert into circle_day (circle_id, day, {names})
            select $1, (now() at time zone 'Asia/Shanghai')::date - $2::int, {", ".join(f"{n}::bigint" for n in figures.values())}""",
        circle_id,
        days_ago,
    )


async def rolled(days: int = 3) -> None:
    now = datetime.now(UTC)
    await rolling.roll(now - timedelta(days=days), now)
