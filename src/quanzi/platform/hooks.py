"""What owners do with the webhooks of their circle: add, rotate, pause, resume, remove, try, repeat."""

import ipaddress
import uuid
from urllib.parse import urlsplit

from quanzi import clock
from quanzi.activity import once
from quanzi.activity import reading as log
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, said
from quanzi.outbound.addresses import is_outside
from quanzi.outbound.getting import plain
from quanzi.outbound.posting import refusal
from quanzi.platform import policy, signing
from quanzi.platform.queueing import body_of

# Of one circle.
MOST = 5
# For so long the secret before this one signs beside it.
BOTH = "24 hours"
PING = "webhook.ping"


async def add(place: Place, typed: str, *, key: uuid.UUID) -> int:
    """It hears what happens from now on. Raises NotAllowed, Invalid, and Conflict for who has as many
    as a circle may have.
    """
    member_id = _owner(place)
    url = _address(typed)
    async with transaction():
        before = await once.first_time(member_id, key, "webhook", place.circle.id, url)
        if before is not None:
            return int(before)
        await rows("select 1 from circle where id = $1 for no key update", place.circle.id)
        has = await row("select count(*) as n from webhook where circle_id = $1", place.circle.id)
        if has and has["n"] >= MOST:
            raise Conflict(said("一个圈子最多 %(most)d 个 webhook，请先移除不用的。", most=MOST))
        made = await rows(
            """insert into webhook (circle_id, member_id, url, secret, epoch, seq)
               values ($1, $2, $3, $4, $5, $6) returning id""",
            place.circle.id,
            member_id,
            url,
            signing.new_secret(),
            await log.epoch(),
            (await log.heads([place.circle.id]))[place.circle.id].seq,
        )
        await once.answered(member_id, key, str(made[0]["id"]))
    return int(made[0]["id"])


async def secret_of(place: Place, webhook_id: int) -> str:
    """For the one page that shows it, to who has just made it. Raises NotAllowed, NotFound."""
    _owner(place)
    found = await row(
        "select secret from webhook where circle_id = $1 and id = $2", place.circle.id, webhook_id
    )
    if found is None:
        raise NotFound
    return signing.shown(found["secret"])


async def rotate(place: Place, webhook_id: int, *, key: uuid.UUID) -> None:
    """A new secret; the one before goes on signing beside it for a day. Raises NotAllowed, NotFound."""
    member_id = _owner(place)
    async with transaction():
        if await once.first_time(member_id, key, "webhook.rotate", webhook_id) is not None:
            return
        await _change(
            place,
            webhook_id,
            f"former_secret = secret, former_until = now() + interval '{BOTH}', secret = $3",
            signing.new_secret(),
        )
        await once.answered(member_id, key, str(webhook_id))


async def pause(place: Place, webhook_id: int) -> None:
    """What happens meanwhile is sent when it is resumed. Raises NotAllowed, NotFound."""
    _owner(place)
    await _change(
        place,
        webhook_id,
        """state = case state when 'on' then 'paused' else state end,
           why = case state when 'on' then '' else why end""",
    )


async def resume(place: Place, webhook_id: int) -> None:
    """From where it stood, and in the name of who resumes it. One that ended itself stays ended.
    Raises NotAllowed, NotFound.
    """
    await _change(
        place,
        webhook_id,
        """state = case state when 'paused' then 'on' else state end,
           why = case state when 'paused' then '' else why end,
           member_id = case state when 'paused' then $3 else member_id end,
           tries = 0, failing_since = null, due_at = now()""",
        _owner(place),
    )


async def remove(place: Place, webhook_id: int) -> None:
    """With its log; what is on its way to it may still arrive. Twice is once. Raises NotAllowed."""
    _owner(place)
    await rows("delete from webhook where circle_id = $1 and id = $2", place.circle.id, webhook_id)


async def ping(place: Place, webhook_id: int) -> None:
    """A message that tells of nothing, sent once, also to one that is paused. A second press before
    it has gone does nothing. Raises NotAllowed, NotFound, Conflict.
    """
    _owner(place)
    async with transaction():
        _listens(await _change(place, webhook_id, "due_at = due_at"))
        await rows(
            """insert into webhook_delivery (circle_id, webhook_id, message, op, body, state)
               select $1, $2, $3, $4, $5, 'asked' where not exists (
                   select 1 from webhook_delivery
                   where circle_id = $1 and webhook_id = $2 and op = $4 and state = 'asked')""",
            place.circle.id,
            webhook_id,
            f"ping_{webhook_id}_{uuid.uuid4().hex}",
            PING,
            body_of(PING, clock.now(), place.circle.slug, "", {}),
        )


async def repeat(place: Place, webhook_id: int, delivery_id: int) -> None:
    """One message again, with the webhook-id that it had; one that still waits is tried now.
    Raises NotAllowed, NotFound, Conflict.
    """
    _owner(place)
    async with transaction():
        _listens(await _change(place, webhook_id, "due_at = now()"))
        found = await rows(
            """update webhook_delivery set state = case state when 'waiting' then state else 'asked' end
               where circle_id = $1 and webhook_id = $2 and id = $3 returning id""",
            place.circle.id,
            webhook_id,
            delivery_id,
        )
        if not found:
            raise NotFound


def _owner(place: Place) -> int:
    if not policy.can_hook(place) or place.member_id is None:
        raise NotAllowed
    return place.member_id


async def _change(place: Place, webhook_id: int, change: str, *values: object) -> str:
    """Its state afterwards. Raises NotFound."""
    changed = await rows(
        f"update webhook set {change} where circle_id = $1 and id = $2 returning state",
        place.circle.id,
        webhook_id,
        *values,
    )
    if not changed:
        raise NotFound
    return str(changed[0]["state"])


def _listens(state: str) -> None:
    if state == "ended":
        raise Conflict(said("对方已经表示不再接收，请移除后重新添加。"))


def _address(typed: str) -> str:
    """Said at once as far as it can be; where its name leads is looked at each time it is sent to."""
    url = plain(typed)
    if not url or refusal(url) or _is_inside(urlsplit(url).hostname or ""):
        raise Invalid(url=said("请填一个公开的 https:// 地址，不带端口和密码。"))
    return url


def _is_inside(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host.rstrip(".")
    return not is_outside(host)
