"""What a member says of themselves: a name and a few words."""

from dataclasses import dataclass

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotFound, Said, said
from quanzi.identity import searching
from quanzi.identity.sessions import Viewer
from quanzi.identity.signing_up import NAME_LONGEST
from quanzi.screening import pages

INTRO_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Oneself:
    handle: str
    name: str
    intro: str


async def of(viewer: Viewer) -> Oneself:
    found = await row("select handle, name, intro from member where id = $1", viewer.member_id)
    if found is None:
        raise NotFound
    return Oneself(*found)


async def change(viewer: Viewer, name: str, intro: str) -> None:
    """Raises Invalid with a sentence per field."""
    name, intro = " ".join(name.split()), "\n".join(_lines(intro))
    wrong: dict[str, Said] = {}
    if not name:
        wrong["name"] = said("昵称不能空着。")
    elif len(name) > NAME_LONGEST:
        wrong["name"] = said("昵称最多 %(most)d 个字。", most=NAME_LONGEST)
    if len(intro) > INTRO_LONGEST:
        wrong["intro"] = said(
            "简介最多 %(most)d 个字，现在有 %(now)d 个。", most=INTRO_LONGEST, now=len(intro)
        )
    if wrong:
        raise Invalid(**wrong)
    await pages.check(name=name, intro=intro)
    async with transaction():
        await rows(
            "update member set name = $2, intro = $3 where id = $1", viewer.member_id, name, intro
        )
        await searching.write(viewer.member_id, viewer.handle, name)


def _lines(typed: str) -> list[str]:
    """Without empty lines: it stands under a name."""
    return [line.strip() for line in typed.splitlines() if line.strip()]
