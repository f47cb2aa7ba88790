"""Everything that is kept, as one line per table: to see that nothing was changed, or what was."""

from quanzi.db.engine import rows

# What the site writes by itself: words to search by, which circles rise, what is counted of a circle.
BY_ITSELF = (
    r"(_search$|^rising$|^(seen_hour|active_day|circle_day|source_day|circle_week|cohort_week)$"
    r"|^insight_)"
)


async def fingerprints() -> dict[str, str]:
    tables = await rows(
        "select tablename from pg_tables where schemaname = 'public' and tablename !~ $1",
        BY_ITSELF,
    )
    found = {}
    for (table,) in tables:
        line = await rows(
            f"select md5(string_agg(md5(t::text), '' order by t::text)) as all from {table} t"
        )
        found[table] = str(line[0]["all"])
    return found
