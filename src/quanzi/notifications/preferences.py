"""What members want to hear, and by which way. Whoever has said nothing hears everything."""

from collections.abc import Collection, Mapping

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.notifications.kinds import CHANNELS, SUBJECTS

Choice = tuple[str, str]


async def unwanted(member_ids: Collection[int]) -> set[tuple[int, str, str]]:
    """(member, subject, channel) of all that these members do not want. One query."""
    found = await rows(
        """select member_id, subject, channel from preference
           where member_id = any($1::bigint[]) and not wanted""",
        list(member_ids),
    )
    return {(line["member_id"], line["subject"], line["channel"]) for line in found}


async def of(member_id: int) -> dict[Choice, bool]:
    """By (subject, channel), everything one can choose."""
    off = await unwanted([member_id])
    return {
        (subject, channel): (member_id, subject, channel) not in off
        for subject in SUBJECTS
        for channel in CHANNELS
    }


async def choose(member_id: int, wanted: Mapping[Choice, bool]) -> None:
    async with transaction():
        await rows(
            """insert into preference (member_id, subject, channel, wanted)
               select $1, * from unnest($2::text[], $3::text[], $4::boolean[])
               on conflict (member_id, subject, channel) do update set wanted = excluded.wanted""",
            member_id,
            [subject for subject, _ in wanted],
            [channel for _, channel in wanted],
            list(wanted.values()),
        )
