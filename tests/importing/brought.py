"""Files that people bring, and the import taken through its steps by the test's own hand."""

import csv
import io
import json
import zipfile
from typing import Any

from quanzi.db.engine import row, rows
from quanzi.importing import bringing, trying
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

HERE = f"/c/{CIRCLE}/manage/import"


def a_csv(*posts: dict[str, Any], separator: str = ",") -> bytes:
    names = list(dict.fromkeys(name for post in posts for name in post))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=separator)
    writer.writeheader()
    writer.writerows(posts)
    return out.getvalue().encode()


def a_json(posts: Any) -> bytes:
    return json.dumps(posts, ensure_ascii=False).encode()


def a_zip(*names: str) -> bytes:
    """Each a picture that is known by its width: 600, 601, …"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, name in enumerate(names):
            packed.writestr(name, a_jpeg(600 + number, 500))
    return out.getvalue()


async def brings(person, content: bytes, pictures: bytes | None = None, name: str = "posts.csv"):
    files: dict[str, Any] = {"file": (name, content, "text/csv")}
    if pictures is not None:
        files["pictures"] = ("pictures.zip", pictures, "application/zip")
    return await person.sends(HERE, files=files)


async def tried(person, content: bytes, pictures: bytes | None = None) -> str:
    """The import's page, once every row was looked at."""
    answer = await brings(person, content, pictures)
    assert answer.status_code == 303, answer.text
    while await trying.try_some():
        pass
    return answer.headers["location"]


async def brought(person, content: bytes, pictures: bytes | None = None, **how: str) -> str:
    here = await tried(person, content, pictures)
    answer = await person.sends(f"{here}/start", **({"way": "drafts"} | how))
    assert answer.status_code == 303, answer.text
    await all_is_brought()
    return here


async def all_is_brought() -> None:
    while await bringing.bring_some():
        pass


async def states() -> list[str]:
    found = await rows("select state from post_import_row order by import_id, number")
    return [line["state"] for line in found]


async def the_import() -> dict[str, Any]:
    found = await row("select * from post_import order by id desc limit 1")
    assert found is not None
    return dict(found)
