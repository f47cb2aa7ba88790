"""The word lists: looked through, edited, tried on samples, exported, imported, put back."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.errors import Conflict, Invalid, NotFound, Said, said
from quanzi.identity.sessions import Viewer
from quanzi.moderation import policy, setting_words, trying_words
from quanzi.moderation.trying_words import Trial
from quanzi.screening import lists, sheets
from quanzi.screening.book import Book
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.comparing import by_key
from quanzi.screening.words import Word
from quanzi.web import forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]
Made = Callable[[Book], Awaitable[Book]]
Shows = Callable[..., Awaitable[Response[bytes]]]

# A sheet of two million characters, as forms write them.
SHEET_FORM = 8 * 1024 * 1024
LISTS = "/admin/screening/lists"
LONGEST_VERSION, LONGEST_SEARCH = 6, 60
STALE = said("词表刚被别人改过，请看看最新的再改。")


@get(LISTS)
async def show_lists(request: type_of_request) -> Response[bytes]:
    """`?version=`: what would change if that one were put back."""
    await let_in(request, policy.can_set_policy)
    book = await lists.current()
    form = {"after": str(book.version)}
    version = _version(request)
    if version is None:
        return await _overview(request, Form(form, {}))
    trial = await trying_words.trial(await lists.of_version(version))
    return await _overview(request, Form(form | {"restore": str(version)}, {}), trial=trial)


@post(LISTS, request_max_body_size=SHEET_FORM)
async def change_lists(request: type_of_request) -> Response[bytes]:
    """A whole sheet, or an old version. `try`: show what would change; otherwise put it in force."""
    viewer = await let_in(request, policy.can_set_policy)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await _with_file(await forms.read(request))

    async def made(_: Book) -> Book:
        version = form.number("restore")
        if version is not None:
            return await lists.of_version(version)
        return await asyncio.to_thread(sheets.from_csv, form["words"])

    async def shown(form: Form, **more: Any) -> Response[bytes]:
        return await _overview(request, form, **more)

    return await _tried_or_put(viewer, form, made, shown, LISTS)


@get(f"{LISTS}.csv")
async def export_lists(request: type_of_request) -> Response[bytes]:
    """`?version=`: as they once were."""
    await let_in(request, policy.can_set_policy)
    version = _version(request)
    book = await lists.current() if version is None else await lists.of_version(version)
    return Response(
        # With the mark that spreadsheets know UTF-8 by.
        f"\ufeff{sheets.as_csv(book)}".encode(),
        media_type="text/csv; charset=utf-8",
        headers={
            "content-disposition": f'attachment; filename="quanzi-words-{book.version}.csv"',
            "cache-control": "no-store",
        },
    )


@get(LISTS + "/{category:str}")
async def show_list(request: type_of_request, category: FromPath[str]) -> Response[bytes]:
    """`?q=`: only the words with this in them; the others stay as they are."""
    await let_in(request, policy.can_set_policy)
    sought = request.query_params.get("q", "").strip()[:LONGEST_SEARCH]
    book = await lists.current()
    words = sheets.as_lines(_sought(book, _known(category), sought))
    form = Form({"after": str(book.version), "q": sought, "words": words}, {})
    return await _list(request, category, form)


@post(LISTS + "/{category:str}", request_max_body_size=SHEET_FORM)
async def change_list(request: type_of_request, category: FromPath[str]) -> Response[bytes]:
    """As a whole sheet."""
    viewer = await let_in(request, policy.can_set_policy)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    _known(category)

    async def made(base: Book) -> Book:
        typed = await asyncio.to_thread(sheets.from_lines, form["words"], category)
        return _with(base, category, form["q"], typed)

    async def shown(form: Form, **more: Any) -> Response[bytes]:
        return await _list(request, category, form, **more)

    return await _tried_or_put(viewer, form, made, shown, f"{LISTS}/{category}")


LISTED: list[Any] = [show_lists, change_lists, export_lists, show_list, change_list]


async def _tried_or_put(
    viewer: Viewer, form: Form, made: Made, shown: Shows, back: str
) -> Response[bytes]:
    """Who is told that their list is worse sees how; who is told that it is stale, against what."""
    texts = trying_words.pasted(form["texts"])
    book = None
    try:
        base = await _base(form)
        book = await made(base)
        if base.version != (form.number("after") or 0):
            raise Conflict(STALE)  # noqa: TRY301 - as the verb would, had nobody looked
        if form["try"]:
            return await shown(form, trial=await trying_words.trial(book, texts))
        anyway = form["anyway"] == trying_words.mark(book)
        await setting_words.put_in_force(
            viewer, book, after=base.version, note=form["note"], anyway=anyway
        )
    except Invalid as wrong:
        worse = book is not None and "words" in wrong.fields
        trial = await trying_words.trial(book, texts) if book and worse else None
        return await shown(form, status=422, errors=wrong.fields, trial=trial)
    except Conflict as stale:
        lists.forget()
        newest = await lists.current()
        again = Form(form.values | {"after": str(newest.version)}, {})
        trial = await trying_words.trial(await made(newest), texts)
        return await shown(
            again, status=409, errors={"note": stale.sentence}, trial=trial, newest=newest
        )
    return see(f"{back}?saved")


async def _base(form: Form) -> Book:
    book = await lists.current()
    if book.version != (form.number("after") or 0):
        lists.forget()
        book = await lists.current()
    return book


async def _with_file(form: Form) -> Form:
    """An uploaded sheet is shown as if it had been pasted, so that it need not be chosen again."""
    for uploaded in await forms.contents(form, "file", most=SHEET_FORM):
        return Form(form.values | {"words": _decoded(uploaded)}, {})
    return form


def _decoded(uploaded: bytes) -> str:
    """As spreadsheets in China save it, too."""
    try:
        return uploaded.decode("utf-8-sig")
    except UnicodeDecodeError:
        return uploaded.decode("gb18030", errors="replace")


def _known(category: str) -> str:
    if category not in CATEGORIES:
        raise NotFound
    return category


def _version(request: type_of_request) -> int | None:
    typed = request.query_params.get("version", "")
    return forms.whole(typed) if len(typed) <= LONGEST_VERSION else None


def _sought(book: Book, category: str, sought: str) -> list[Word]:
    return [each for each in book.words if each.category == category and _fits(each, sought)]


def _fits(word: Word, sought: str) -> bool:
    return sought.casefold() in word.text.casefold()


def _with(base: Book, category: str, sought: str, typed: tuple[Word, ...]) -> Book:
    """The words of other categories, and those that were not shown, stay as they are."""
    others = [each for each in base.words if each.category != category]
    unseen = [each for each in base.words if each.category == category and not _fits(each, sought)]
    return Book((*others, *by_key([*unseen, *typed]).values()))


async def _overview(
    request: type_of_request,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
    trial: Trial | None = None,
    newest: Book | None = None,
) -> Response[bytes]:
    book = newest or await lists.current()
    return await page(
        request,
        "moderation/lists.html",
        status=status,
        form=form,
        errors=errors or {},
        trial=trial,
        version=book.version,
        counts=Counter(word.category for word in book.words),
        categories=CATEGORIES,
        versions=await lists.versions(),
    )


async def _list(
    request: type_of_request,
    category: str,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
    trial: Trial | None = None,
    newest: Book | None = None,
) -> Response[bytes]:
    book = newest or await lists.current()
    return await page(
        request,
        "moderation/list.html",
        status=status,
        form=form,
        errors=errors or {},
        trial=trial,
        category=category,
        count=sum(word.category == category for word in book.words),
        newest=sheets.as_lines(_sought(book, category, form["q"])) if newest else None,
        version=book.version,
        categories=CATEGORIES,
    )
