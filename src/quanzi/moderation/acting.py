"""Carrying out what was decided about a thing, and undoing it."""

from contextlib import suppress

from quanzi.circles.access import Place
from quanzi.collections import returning
from quanzi.curation import removing
from quanzi.errors import NotFound
from quanzi.moderation import cases
from quanzi.moderation.cases import Case
from quanzi.moderation.ruling import Ruling
from quanzi.offering import removing as services
from quanzi.posts import commenting, editing, pictures, withholding
from quanzi.screening import hashes
from quanzi.screening.policy import Line, masked


async def carry_out(place: Place, case: Case, ruling: Ruling) -> None:
    """What has gone by itself meanwhile is left alone. The last thing in its transaction."""
    by = place.member_id
    if ruling.action == "mask":
        await _mask(case)
    if ruling.pictures and case.kind == "post":
        for likeness in await pictures.likenesses(case.circle_id, case.post_id):
            await hashes.remember(likeness, ruling.category, by or 0)
    with suppress(NotFound):
        if ruling.action == "remove":
            await _take_away(case, by)
        elif case.thing_state == "held" or case.kind == "edit":
            await _let_out(case)


async def has_something_to_mask(case: Case) -> bool:
    return any(each.end > each.start for each in await cases.findings(case))


async def unmask(case: Case) -> None:
    """The words are what they were; unless the thing has gone meanwhile."""
    words = await withholding.taken_words(case.circle_id, case.post_id, case.comment_id)
    if words and case.thing_state == "published":
        await editing.reword(case.circle_id, case.post_id, case.comment_id, words, edit=False)


async def undo(case: Case, by: int | None) -> bool:
    """Put back what was taken away. Whether it is there again."""
    for likeness in await pictures.likenesses(case.circle_id, case.post_id):
        await hashes.forget(likeness)
    try:
        if case.service_id:
            await services.put_back(case.circle_id, case.service_id, by)
        elif case.comment_id:
            await withholding.put_comment_back(case.circle_id, case.post_id, case.comment_id, by)
        else:
            await returning.put_back(case.circle_id, case.post_id, by)
    except NotFound:
        return False
    return True


async def _take_away(case: Case, by: int | None) -> None:
    if case.service_id:
        await services.remove(case.circle_id, case.service_id, by)
    elif case.kind == "edit":
        await editing.drop_held(case.circle_id, case.post_id)
    elif case.comment_id:
        await withholding.withhold_comment(case.circle_id, case.post_id, case.comment_id, by)
    else:
        await removing.withhold(case.circle_id, case.post_id, by)


async def _let_out(case: Case) -> None:
    if case.kind == "edit":
        await editing.put_held_in_force(case.circle_id, case.post_id)
    elif case.comment_id:
        await commenting.bring_out(case.circle_id, case.comment_id)
    else:
        await withholding.release(case.circle_id, case.post_id)


async def _mask(case: Case) -> None:
    found = await cases.findings(case)
    # Somebody decided so, whatever the policy says of the score.
    stars = {each.category: Line(mask=1) for each in found}
    if case.kind != "edit":
        await withholding.keep_words(case.circle_id, case.post_id, case.comment_id)
    text = masked(case.body, stars, [each for each in found if each.end > each.start])
    await editing.reword(
        case.circle_id, case.post_id, case.comment_id, text, edit=case.kind == "edit"
    )
