"""What people agree to: texts with versions, agreed to by themselves and taken back by themselves."""

from quanzi.db.engine import row, rows

# The texts are `templates/verification/_consent.html`, `templates/identity/terms.html` and
# `privacy.html`; who changes what one of them means counts its version up.
IDENTITY, VERSION = "identity", 1
TERMS, TERMS_VERSION = "terms", 1
PRIVACY, PRIVACY_VERSION = "privacy", 1


async def agree_at_the_door(member_id: int) -> None:
    """To what everybody agrees to who becomes a member."""
    await agree(member_id, TERMS, TERMS_VERSION)
    await agree(member_id, PRIVACY, PRIVACY_VERSION)


async def agree(member_id: int, text: str, version: int) -> None:
    """Once per version, as long as it is not taken back."""
    await rows(
        """insert into consent (member_id, text, version)
           select $1::bigint, $2::text, $3::int where not exists (
               select 1 from consent where member_id = $1 and text = $2 and version = $3
                                       and withdrawn_at is null)""",
        member_id,
        text,
        version,
    )


async def withdraw(member_id: int, text: str) -> None:
    await rows(
        """update consent set withdrawn_at = now()
           where member_id = $1 and text = $2 and withdrawn_at is null""",
        member_id,
        text,
    )


async def has_agreed(member_id: int, text: str, version: int) -> bool:
    found = await row(
        """select 1 from consent where member_id = $1 and text = $2 and version = $3
                                   and withdrawn_at is null""",
        member_id,
        text,
        version,
    )
    return found is not None
