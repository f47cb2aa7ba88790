"""Reading a text: everything in it that may be wrong. Asks nobody, and never takes long."""

from collections.abc import Iterator

from quanzi.screening.adding import Sign, together
from quanzi.screening.book import Book
from quanzi.screening.contacts import contacts
from quanzi.screening.cutting import Cut
from quanzi.screening.finding import Finding
from quanzi.screening.links import links
from quanzi.screening.normalising import Normal, normalised, numbered
from quanzi.screening.numbers import numbers
from quanzi.screening.phrases import phrases
from quanzi.screening.repeating import repeats
from quanzi.screening.squeezing import squeezed
from quanzi.screening.telling import less_if_told

# Of its weight, for what may be the end of one word and the beginning of another (路口|交通): over
# none of its ends, one, both.
ACROSS = (1.0, 0.6, 0.4)
# Of one category nobody looks at more.
MOST = 40
# What stands beyond is not a post; it is cut by its form before it comes here.
LONGEST = 50_000


def read(text: str, book: Book) -> list[Finding]:
    """The surest first; what stands inside a surer find of its category is left out."""
    normal = normalised(text[:LONGEST])
    if not normal.text:
        return []
    signs = list(_signs(normal, book))
    every = [*(sign.finding for sign in signs), *together(signs), *repeats(normal)]
    return _widest(less_if_told(normal.text, every))


def _signs(normal: Normal, book: Book) -> Iterator[Sign]:
    text = numbered(normal.text)
    close = squeezed(normal, text)
    cut = Cut(normal.text)
    hits, harmless = book.matcher.hits(close)
    for hit in hits:
        start, stop = close.places[hit.start], close.places[hit.stop - 1] + 1
        score = hit.score * ACROSS[cut.runs_across(start, stop)]
        found = Finding(hit.word.category, score, *normal.span(start, stop), hit.rule)
        yield Sign(found, hit.word.text)
    for heard in book.sounds.heard(normal, cut):
        if not harmless.touches(heard.word.category, heard.start, heard.stop):
            span = normal.span(heard.start, heard.stop)
            found = Finding(heard.word.category, heard.score, *span, heard.rule)
            yield Sign(found, heard.word.text)
    for category, weight, start, stop in phrases(close):
        if not harmless.touches(category, start, stop):
            found = Finding(category, weight, *normal.span(start, stop), "phrase")
            yield Sign(found, text[start:stop])
    for found in (
        *contacts(normal, text, close),
        *numbers(normal, text),
        *links(normal, text, book.hosts),
    ):
        said = normal.text[found.start : found.end] if found.rule == "lead-in" else found.rule
        yield Sign(found, said)


def _widest(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    reach: dict[str, list[tuple[int, int]]] = {}
    for each in sorted(found, key=lambda one: (-one.score, one.start, -one.end)):
        spans = reach.setdefault(each.category, [])
        if len(spans) < MOST and not any(
            start <= each.start and each.end <= end for start, end in spans
        ):
            spans.append((each.start, each.end))
            kept.append(each)
    return kept
