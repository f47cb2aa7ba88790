"""Write a letter: a row, in the transaction of the deed that it tells of."""

from dataclasses import dataclass

from quanzi.db.engine import rows


@dataclass(frozen=True, slots=True)
class Written:
    """What a letter says, in its reader's language."""

    subject: str
    text: str
    html: str


async def write(
    key: str,
    member_id: int,
    recipient: str,
    language: str,
    written: Written,
    *,
    unsubscribe: str = "",
) -> bool:
    """Whether it is new: of one key there is one letter, however often it is written.

    `unsubscribe`: where one click ends letters of this kind; empty for what must be told.
    """
    new = await rows(
        """insert into letter (key, member_id, recipient, language, subject, text, html,
                               unsubscribe)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing returning 1""",
        key,
        member_id,
        recipient,
        language,
        written.subject,
        written.text,
        written.html,
        unsubscribe,
    )
    return bool(new)
