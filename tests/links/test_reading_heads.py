"""What a page says of itself, whatever it is written in and whoever wrote it."""

import time

import pytest

from quanzi.links import markup, reading
from quanzi.outbound.getting import Found
from tests.links.site import article


def head(html: str | bytes, charset: str = "", url: str = "https://www.a.example/b/c"):
    body = html.encode() if isinstance(html, str) else html
    return reading.read(Found(url, "text/html", charset, body, cut=False))


def test_a_page_that_says_much():
    found = head(article(head='<meta property="og:image" content="/pic.jpg?a=1&amp;b=2">'))

    assert found == reading.Head(
        "夜跑路线十条", "沿江十公里，灯光好，路面平。", "跑步周刊", "https://www.a.example/pic.jpg?a=1&b=2"
    )  # fmt: skip


def test_a_page_that_says_little():
    assert head("<title> A &amp; B\n </title><p>") == reading.Head("A & B", "", "a.example", "")


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<title>夜跑</title>".encode("gbk"), "gbk"),
        ("<title>夜跑</title>".encode("gb18030"), "GB2312".lower()),
        ("<meta charset=gbk><title>夜跑</title>".encode("gbk"), ""),
        ("<title>夜跑</title>".encode("gbk"), ""),
        ("<title>夜跑</title>".encode("big5"), "big5"),
        ("<title>夜跑</title>".encode(), "punycode"),
        ("<title>夜跑</title>".encode(), ""),
    ],
)
def test_charsets_of_china(body, charset):
    assert head(body, charset).title == "夜跑"


def test_titles_and_descriptions_are_cut_and_hide_nothing():
    found = head(article("长" * 500, head="").replace("沿江", "\u202e\u200b\x07" + "江" * 400))

    assert len(found.title) == 120
    assert found.title.endswith("…")
    assert len(found.description) == 200
    assert "\u202e" not in found.description


@pytest.mark.parametrize(
    "where", ["javascript:x", "data:image/png;base64,x", "ftp://a/b", "http://[", "//u@b/"]
)
def test_a_picture_at_no_web_address_is_none(where):
    assert head(article(head=f'<meta property="og:image" content="{where}">')).picture == ""


def test_what_stands_in_scripts_comments_and_the_body_says_nothing():
    found = head(
        "<!-- <title>a</title> --><script>'<title>b</title>'</script><style><title>c</title></style>"
        "<body><title>d</title><meta property=og:title content=e>"
    )
    assert found.title == ""


def test_a_number_of_thousands_of_digits_is_no_sign_and_no_fault():
    assert head(f"<title>夜跑 &#{'9' * 5000};").title == ""
    found = head(f"<title>夜跑 &#{'9' * 5000}; &#x4e00;</title>")

    assert found.title.startswith("夜跑 # 999")
    assert markup.spelled_out("&#0000000000000000000065; &#65;").endswith("A")


@pytest.mark.parametrize(
    "bit", ["<!", "<a ", "<a x='", "</", "<!--", "<![", "<script>", "<title>", "&", "<?", "<a b",
            "<meta ", "<meta content='", "<script", '<meta content="<', "< ", "<svg>"],
)  # fmt: skip
def test_a_page_that_is_made_to_hurt_is_read_in_no_time(bit):
    hurtful = bit * (512 * 1024 // len(bit))
    began = time.process_time()

    head(hurtful)
    markup.spelled_out(hurtful)

    # The library's own parser takes minutes for some of these.
    assert time.process_time() - began < 5
