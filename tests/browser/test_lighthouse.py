"""Lighthouse, as Chrome's own tool judges: what does not depend on how busy this machine is.

Speed is measured by `bench/lighthouse`, never here.
"""

import asyncio
import json
import shutil

import pytest

from tests.browser import node
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

LEAST = 95
JUDGED = ("accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("path", "who"),
    [("/", ""), (f"/c/{CIRCLE}", ""), ("POST", ""), (f"/c/{CIRCLE}/manage", "owner"),
     (f"/c/{CIRCLE}/manage/plan", "owner")],
)  # fmt: skip
async def test_a_page_is_as_it_should_be(cast, tmp_path, path, who):
    sent = [("images", ("a.jpg", a_jpeg(), "image/jpeg"))]
    await cast.editor.sends(f"/c/{CIRCLE}/posts", files=sent, body="江边 #夜跑#")
    said = await cast.xiaolan.posts("今晚见")
    await cast.aqiang.says(said.post_id, "我也去")
    address = cast.url + path.replace("POST", f"/c/{CIRCLE}/p/{said.post_id}")
    found = await looked_at(address, cast.owner.token if who else "", tmp_path)
    scores = {name: round(found["categories"][name]["score"] * 100) for name in JUDGED}
    failed = [
        f"{each['id']}: {each['title']}"
        for each in found["audits"].values()
        if each["score"] is not None and each["score"] < 1
    ]
    assert min(scores.values()) >= LEAST, f"{scores}\n" + "\n".join(failed)


async def looked_at(address: str, token: str, folder) -> dict:
    lighthouse = node.installed() / "lighthouse" / "cli" / "index.js"
    report = folder / "report.json"
    command = [
        node.program("node"), str(lighthouse), address, "--quiet", "--output=json",
        f"--output-path={report}", f"--only-categories={','.join(JUDGED)}",
        f"--chrome-flags={FLAGS}", "--no-enable-error-reporting",
    ]  # fmt: skip
    if token:
        headers = folder / "headers.json"
        headers.write_text(json.dumps({"Cookie": f"quanzi={token}"}))
        command.append(f"--extra-headers={headers}")
    chromium = shutil.which("chromium")
    assert chromium, "install the package 'chromium' for the browser tests"
    running = await asyncio.create_subprocess_exec(
        *command,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "CHROME_PATH": chromium},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate()
    assert running.returncode == 0, said.decode()[-2000:]
    return json.loads(report.read_text())
