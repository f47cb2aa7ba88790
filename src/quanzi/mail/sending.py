"""Send what is due. Each letter at most once, as far as SMTP lets one know.

A letter is taken by a commit of its own and then handed in, so two processes never send the same
one. What certainly was not taken is tried again, later and later; what the server will never take
is given up; of what nobody knows (the line broke, the site was killed) it is not sent again.
"""

import random
from collections.abc import Sequence

import structlog

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.mail import posting
from quanzi.mail.measures import LETTERS
from quanzi.mail.message import Letter, message
from quanzi.mail.posting import NotSent, Post, Unsure

log = structlog.get_logger()

AT_ONCE = 20
MOST_TRIES = 14
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 6 * 3600.0
# Longer than handing in a batch can take; who took letters and is silent for so long has died.
TAKEN_FOR = "10 minutes"
KEPT = "30 days"
WAITING = "state = 'waiting' and next_at <= now()"
# What was being sent when its process died.
LOST = "state = 'sending' and next_at <= now()"
IS_DUE = f"letter where {WAITING} or {LOST}"


async def send_due() -> int:
    """How many letters were sent, failed or put off."""
    await _note_the_lost()
    taken = await _take()
    if not taken:
        return 0
    async with posting.post() as post:
        for letter in taken:
            await _send(post, letter)
    await _forget_old()
    return len(taken)


async def _take() -> Sequence[Letter]:
    async with transaction():
        found = await rows(
            f"""update letter set state = 'sending', tries = tries + 1,
                       next_at = now() + interval '{TAKEN_FOR}'
                where id in (select id from letter where {WAITING}
                             order by next_at limit {AT_ONCE} for update skip locked)
                returning id, recipient, language, subject, text, html, unsubscribe, tries, at"""
        )
    return [Letter(*line) for line in found]


async def _send(post: Post, letter: Letter) -> None:
    try:
        await post.hand_in(message(letter))
    except NotSent as why:
        if why.for_good or letter.tries >= MOST_TRIES:
            await _end(letter, "failed", str(why))
        else:
            await _put_off(letter, str(why))
    except Unsure as why:
        await _end(letter, "unsure", str(why))
    except Exception as fault:
        # A letter that cannot be made into mail must not hold up the others.
        log.exception("mail.broken", letter=letter.id)
        await _end(letter, "failed", type(fault).__name__)
    else:
        await _end(letter, "sent", "")


async def _put_off(letter: Letter, why: str) -> None:
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (letter.tries - 1))
    LETTERS.labels("put off").inc()
    log.warning("mail.put_off", letter=letter.id, tries=letter.tries, why=why)
    await rows(
        """update letter set state = 'waiting', last_error = $2,
                  next_at = now() + $3 * interval '1 second' where id = $1""",
        letter.id,
        why,
        pause * random.uniform(0.75, 1.25),  # noqa: S311 - spread only
    )


async def _end(letter: Letter, state: str, why: str) -> None:
    LETTERS.labels(state).inc()
    if state != "sent":
        log.error("mail.not_sent", letter=letter.id, state=state, why=why)
    # What it said may open doors (a link that confirms an address): it is not kept.
    await rows(
        """update letter set state = $2, last_error = $3, ended_at = now(), text = '', html = '',
                  unsubscribe = '' where id = $1""",
        letter.id,
        state,
        why,
    )


async def _note_the_lost() -> None:
    lost = await rows(
        f"""update letter set state = 'unsure', ended_at = now(), text = '', html = '',
                  unsubscribe = '', last_error = 'the site stopped while sending it'
           where {LOST} returning id"""
    )
    for line in lost:
        LETTERS.labels("unsure").inc()
        log.error("mail.not_sent", letter=line["id"], state="unsure", why="stopped while sending")


async def _forget_old() -> None:
    await rows(f"delete from letter where ended_at < now() - interval '{KEPT}'")
