"""An article of an official account as the plain text of a post."""

from quanzi.links import markup
from quanzi.posts import drafts

# Where a line ends; what lies between two of them is one.
ENDS = frozenset(
    name
    for each in ("p", "div", "section", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr",
                 "table", "blockquote", "article", "figure", "hr", "pre")
    for name in (each, f"/{each}")
)  # fmt: skip


def text_of(html: str) -> str:
    """Paragraphs apart by an empty line. Pictures, scripts and styles are left out."""
    parts: list[str] = []
    for text, name, _ in markup.pieces(html):
        parts.append(" ".join(markup.spelled_out(text).replace("\n", " ").split(" ")))
        if name in ENDS:
            parts.append("\n\n")
        elif name == "br":
            parts.append("\n")
    lines = ["".join(line.split("\xa0")).strip() for line in "".join(parts).split("\n")]
    return drafts.clean("\n".join(" ".join(line.split()) for line in lines))


def cut(text: str, most: int) -> str:
    """At the end of a paragraph or of a sentence, if there is one in the second half."""
    if len(text) <= most:
        return text
    beginning = text[: most - 1]
    ends = max(beginning.rfind(sign) for sign in ("\n", "。", "！", "？", ". "))
    return (beginning[: ends + 1].rstrip() if ends > most // 2 else beginning.rstrip()) + "…"
