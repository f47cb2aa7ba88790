"""What the machine found, marked in the text: for who decides, and nobody else."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from quanzi.screening.finding import Finding


def marked(text: str, findings: Iterable[Finding]) -> Markup:
    """As HTML, with line ends kept by the style. What overlaps is marked as one."""
    parts: list[Markup] = []
    at = 0
    for start, end in _joined(findings, len(text)):
        parts += [escape(text[at:start]), Markup("<mark>%s</mark>") % text[start:end]]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def _joined(findings: Iterable[Finding], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for each in sorted(findings, key=lambda one: one.start):
        start, end = max(0, each.start), min(each.end, length)
        if end <= start:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined
