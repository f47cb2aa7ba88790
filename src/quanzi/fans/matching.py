"""Conditions in SQL, of a follower called `f`. What people gave comes as parameters only.

Each is asked of one follower at a time by what that member did, which an index finds: it costs the
same among ten followers and among ten million. Who looks walks the followers in pieces.
"""

from collections.abc import Callable, Sequence
from typing import Any

from quanzi.credit.bands import BANDS, CEILING, START
from quanzi.fans.conditions import ANY_SERVICE, Conditions

Param = Callable[[Any], str]


def where(conditions: Conditions, circle_id: int, first_param: int) -> tuple[str, list[Any]]:
    """Of `follow f`, those who meet them; its parameters begin with `$first_param`."""
    values: list[Any] = []

    def param(value: Any) -> str:
        values.append(value)
        return f"${first_param + len(values) - 1}"

    here = f"{param(circle_id)}::bigint"
    asked = [
        f"f.circle_id = {here}",
        *_fans(here),
        *_joined(conditions, here, param),
        *_did(conditions, param),
        *_is(conditions, param),
        *_tagged(conditions, param),
    ]
    return "(" + "\n and ".join(asked) + ")", values


def _fans(here: str) -> Sequence[str]:
    """Nobody who may not be here, who is leaving the site, or who works for the partner."""
    return (
        f"""f.member_id not in (select s.member_id from staff s
            join circle c on c.partner_id = s.partner_id where c.id = {here})""",
        f"""not exists (select 1 from ban b where b.member_id = f.member_id
            and b.circle_id in (0, {here}) and b.kind = 'ban' and b.lifted_at is null
            and b.until > now())""",
        "not exists (select 1 from leaving l where l.member_id = f.member_id)",
        """exists (select 1 from member m where m.id = f.member_id and m.suspended_at is null)""",
    )


def _joined(c: Conditions, here: str, param: Param) -> Sequence[str]:
    asked = []
    zone = f"(select c.time_zone from circle c where c.id = {here})"
    if c.joined_after:
        asked.append(f"f.since >= {param(c.joined_after)}::date::timestamp at time zone {zone}")
    if c.joined_before:
        asked.append(f"f.since < {param(c.joined_before)}::date::timestamp at time zone {zone}")
    if c.joined_least:
        asked.append(f"f.since <= {_ago(param, c.joined_least)}")
    if c.joined_most:
        asked.append(f"f.since > {_ago(param, c.joined_most)}")
    return asked


def _did(c: Conditions, param: Param) -> Sequence[str]:
    asked = []
    if c.active_within:
        asked.append(active_since(_ago(param, c.active_within)))
    if c.silent_for:
        # Who came yesterday has not been silent for a month.
        since = _ago(param, c.silent_for)
        asked += [f"f.since <= {since}", f"not {active_since(since)}"]
    if c.posted_within:
        asked.append(_posted(_ago(param, c.posted_within)))
    if c.commented_within:
        asked.append(_commented(_ago(param, c.commented_within)))
    if c.liked_within:
        asked.append(_liked(_ago(param, c.liked_within)))
    if c.topic:
        asked.append(_on_topic(param(c.topic)))
    if c.requested is not None:
        which = "" if c.requested == ANY_SERVICE else f"and r.service_id = {param(c.requested)}"
        asked.append(
            f"""exists (select 1 from service_request r where r.member_id = f.member_id
                and r.circle_id = f.circle_id and r.state <> 'withdrawn' {which})"""
        )
    return asked


def _is(c: Conditions, param: Param) -> Sequence[str]:
    asked = []
    if c.verified is not None:
        asked.append(
            f"""(select m.verified_at is not null from member m where m.id = f.member_id)
                = {param(c.verified)}::bool"""
        )
    if c.bands:
        # Only what their page shows, too: the band of who has a verified name and does not hide it.
        # Who has neither earned nor lost anything has no account.
        asked.append(
            f"""exists (select 1 from member m left join credit_account a on a.member_id = m.id
                join unnest({param([low for low, _ in _stretches(c.bands)])}::int[],
                            {param([high for _, high in _stretches(c.bands)])}::int[]) as b(low, high)
                  on coalesce(a.score, {START}) >= b.low and coalesce(a.score, {START}) < b.high
                where m.id = f.member_id and m.verified_at is not null
                  and coalesce(a.band_shown, true))"""
        )
    return asked


def _tagged(c: Conditions, param: Param) -> Sequence[str]:
    asked = []
    if c.tags_any:
        asked.append(_has_one_of(param(list(c.tags_any))))
    if c.tags_none:
        asked.append(f"not {_has_one_of(param(list(c.tags_none)))}")
    asked += [_has_one_of(param([tag_id])) for tag_id in c.tags_all]
    return asked


def _ago(param: Param, days: int) -> str:
    return f"now() - {param(days)}::int * interval '1 day'"


def active_since(since: str) -> str:
    """Of `follow f`, that they did anything in its circle after a moment, which is SQL."""
    return f"""({_posted(since)} or {_commented(since)} or {_liked(since)}
        or exists (select 1 from service_request r where r.member_id = f.member_id
                   and r.circle_id = f.circle_id and r.created_at > {since})
        or exists (select 1 from check_in k where k.member_id = f.member_id
                   and k.circle_id = f.circle_id and k.day > ({since})::date))"""


def _posted(since: str) -> str:
    return f"""exists (select 1 from post p where p.author_id = f.member_id
        and p.circle_id = f.circle_id and p.state = 'published' and p.published_at > {since})"""


def _commented(since: str) -> str:
    return f"""exists (select 1 from comment k where k.author_id = f.member_id
        and k.circle_id = f.circle_id and k.state = 'published' and k.created_at > {since})"""


def _liked(since: str) -> str:
    return f"""exists (select 1 from liking k where k.member_id = f.member_id
        and k.circle_id = f.circle_id and k.at > {since})"""


def _on_topic(name: str) -> str:
    """They posted on it, or commented on a post on it."""
    return f"""(exists (select 1 from post p
            join topic t on t.circle_id = p.circle_id and t.post_id = p.id and t.name = {name}
            where p.author_id = f.member_id and p.circle_id = f.circle_id
              and p.state = 'published')
        or exists (select 1 from comment k
            join topic t on t.circle_id = k.circle_id and t.post_id = k.post_id
              and t.name = {name} and t.seq is not null
            where k.author_id = f.member_id and k.circle_id = f.circle_id
              and k.state = 'published'))"""


def _stretches(bands: Sequence[str]) -> Sequence[tuple[int, int]]:
    """From which score on, and up to which one it no longer is."""
    ends = [band.lowest for band in BANDS[1:]] + [CEILING + 1]
    return [(band.lowest, end) for band, end in zip(BANDS, ends, strict=True) if band.slug in bands]


def _has_one_of(tag_ids: str) -> str:
    return f"""exists (select 1 from fan_tagged g where g.circle_id = f.circle_id
        and g.member_id = f.member_id and g.tag_id = any({tag_ids}::bigint[]))"""
