"""What did not come in, as a CSV for the program that made the file."""

import csv
import io
from collections.abc import Iterable

from quanzi.errors import said
from quanzi.importing.reading import Row
from quanzi.web import i18n

# A cell that begins so is reckoned by office programs, whatever somebody wrote into it.
RECKONED = ("=", "+", "-", "@", "\t", "\r")
STATES = {
    "wrong": said("有问题"),
    "double": said("重复"),
    "failed": said("没有导入"),
}


def as_csv(lines: Iterable[Row], language: str) -> bytes:
    """With a mark before it, so that Excel reads Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    heads = (said("行"), said("结果"), said("原因"), said("开头"))
    writer.writerow([i18n.spoken(each, language) for each in heads])
    for line in lines:
        if line.state not in STATES:
            continue
        why = " ".join(i18n.spoken(each, language) for each in line.notes)
        writer.writerow(
            [
                line.number,
                i18n.spoken(STATES[line.state], language),
                _safe(why),
                _safe(line.excerpt),
            ]
        )
    return "\ufeff".encode() + out.getvalue().encode()


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(RECKONED) else cell
