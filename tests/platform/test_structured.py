"""What search engines are told of a page: where it is kept, in which languages, and what a post says."""

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

SCRIPT = re.compile(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">')


async def test_a_search_engine_reads_of_a_post_what_the_page_shows(editor, xiaolan, visitor):
    written = await editor.sends(
        f"/c/{CIRCLE}/posts",
        files=[("images", ("a.jpg", a_jpeg(), "image/jpeg"))],
        body='今晚江边 </script><script>alert("1")</script>',
    )
    assert written.status_code == 303
    page = (await visitor.get(f"/c/{CIRCLE}")).text
    address = re.findall(rf"/c/{CIRCLE}/p/\d+", page)[0]
    await xiaolan.sends(f"{address}/like")

    answer = await visitor.get(address)
    (script,) = SCRIPT.findall(answer.text)
    told = json.loads(script)

    assert told["@type"] == "DiscussionForumPosting"
    assert told["text"] == '今晚江边 </script><script>alert("1")</script>'
    assert told["url"].endswith(address)
    assert [each["userInteractionCount"] for each in told["interactionStatistic"]] == [1, 0]
    assert "dateModified" not in told
    (picture,) = told["image"]
    assert (await visitor.get(picture)).status_code == 200
    assert (await visitor.get(told["author"]["url"])).status_code == 200


async def test_nothing_is_told_of_what_is_not_out(editor):
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None) + timedelta(days=1)
    held = await editor.posts("明天再发", publish_at=tomorrow.isoformat(timespec="minutes"))

    page = (await editor.sees(f"/c/{CIRCLE}/p/{held.post_id}")).text

    assert "明天再发" in page
    assert not SCRIPT.findall(page)


async def test_each_language_has_one_address_and_says_the_others(editor, visitor):
    written = await editor.posts("一样的话")
    for path in ("/discover", f"/c/{CIRCLE}", f"/c/{CIRCLE}/p/{written.post_id}"):
        # Twice: what is kept for everyone was drawn for who asked first.
        for asked in ("", "?lang=zh-Hant", "?lang=en", "?lang=nothing", "?lang=en", ""):
            page = (await visitor.get(path + asked, headers={"accept-language": "en"})).text
            (kept,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
            others = dict(ALTERNATE.findall(page))

            here = f"{str(visitor.base_url).rstrip('/')}{path}"
            assert kept == here + ("" if asked == "?lang=nothing" else asked)
            assert others == {
                "zh-Hans": f"{here}?lang=zh-Hans",
                "zh-Hant": f"{here}?lang=zh-Hant",
                "en": f"{here}?lang=en",
                "x-default": here,
            }
