"""Files as people have them, and as people make them to do harm."""

import io
import struct
import zipfile
from datetime import UTC, datetime

import pytest

from quanzi.errors import Invalid
from quanzi.importing import archive, files, texts
from tests.importing.brought import a_csv, a_json, a_zip

ZONE = "Asia/Shanghai"


def bodies(content: bytes) -> list[str]:
    return [line.body for line in files.read(content, ZONE)]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_as_office_programs_write_it(charset, separator):
    content = a_csv({"body": "今晚，七点", "topics": "夜跑;江边"}, {"body": "第二\n行", "topics": ""}, separator=separator)  # fmt: skip

    found = files.read(content.decode().encode(charset), ZONE)

    assert [line.body for line in found] == ["今晚，七点", "第二\n行"]
    assert found[0].topics == "夜跑 江边"


def test_rows_are_called_by_their_place_in_the_file_with_empty_ones_counted():
    found = files.read("body,topics\n甲,\n,\n乙,\n".encode(), ZONE)

    assert [(line.number, line.body) for line in found] == [(1, "甲"), (3, "乙")]


def test_our_columns():
    [line] = files.read(
        a_csv({"body": "正文", "topics": "甲", "pictures": "a.jpg; b/c.png", "publish_at": "2030-01-02 07:00",
               "published_at": "2020-01-02"}), ZONE
    )  # fmt: skip

    assert line.pictures == ("a.jpg", "b/c.png")
    assert line.publish_at == datetime(2030, 1, 1, 23, tzinfo=UTC)
    assert line.first_at == datetime(2020, 1, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "posts",
    [
        [{"body": "甲"}, {"body": "乙", "topics": ["一", "二"]}],
        {"posts": [{"body": "甲"}, {"body": "乙"}]},
        {"data": {"list": []}, "items": [{"text": "甲"}, {"正文": "乙"}]},
    ],
)
def test_json_in_the_shapes_that_people_have(posts):
    assert bodies(a_json(posts)) == ["甲", "乙"]


def test_an_official_accounts_own_answer():
    """As `freepublish/batchget` gives it: articles within, the time beside."""
    answer = {
        "total_count": 1,
        "item": [
            {
                "article_id": "x",
                "content": {
                    "news_item": [
                        {"title": "夜跑指南", "digest": "摘要", "url": "https://mp.weixin.qq.com/s/1",
                         "content": "<section><p>第一段&nbsp;<strong>重点</strong></p><p>第二段<br>换行</p><img src=x></section><script>1</script>"},
                        {"title": "只有摘要", "digest": "短短一句", "url": "https://mp.weixin.qq.com/s/2"},
                    ],
                    "create_time": 1700000000,
                },
                "update_time": 1700000001,
            }
        ],
    }  # fmt: skip

    first, second = files.read(a_json(answer), ZONE)

    assert first.body == "夜跑指南\n\n第一段重点\n\n第二段\n换行"
    assert first.first_at == datetime.fromtimestamp(1700000000, UTC)
    assert second.body == "只有摘要\n\n短短一句\n\nhttps://mp.weixin.qq.com/s/2"


def test_an_official_accounts_table():
    content = a_csv(
        {"标题": "标题甲", "content": "<p>一</p><p>二</p>", "链接": "https://a.example/1", "create_time": "2024年5月1日 08:30"}
    )  # fmt: skip

    [line] = files.read(content, ZONE)

    assert line.body == "标题甲\n\n一\n\n二"
    assert line.first_at == datetime(2024, 5, 1, 0, 30, tzinfo=UTC)


def test_an_article_that_is_too_long_says_where_the_rest_is():
    html = "".join(f"<p>{'字' * 99}。</p>" for _ in range(80))
    [line] = files.read(
        a_json([{"title": "长文", "content": html, "url": "https://a.example/1"}]), ZONE
    )

    assert len(line.body) <= 5000
    assert line.body.endswith("。…\n\nhttps://a.example/1")
    assert line.notes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1700000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("1700000000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("2024-05-01", datetime(2024, 4, 30, 16, tzinfo=UTC)),
        ("2024/5/1 8:05", datetime(2024, 5, 1, 0, 5, tzinfo=UTC)),
        ("2024-05-01T08:00:00+08:00", datetime(2024, 5, 1, tzinfo=UTC)),
        ("2024-05-01T00:00:00Z", datetime(2024, 5, 1, tzinfo=UTC)),
        ("昨天", None),
        ("0001-01-01", None),
        ("9999-12-31 23:59", None),
        ("2024-05-01T00:00:00-00:00", datetime(2024, 5, 1, tzinfo=UTC)),
        ("2024-05-01 25:00", None),
        ("x+08:00", None),
        ("2024-13-01", None),
        ("99999999999999999999", None),
        ("", None),
    ],
)
def test_times_as_people_write_them(typed, meant):
    from quanzi.importing.columns import moment

    assert moment(typed, ZONE) == meant


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "请选择"),
        (b"x" * (5 * 2**20 + 1), "超过 5 MB"),
        (b"\xff\xfe\xff", "编码"),
        (b"name,age\nx,1\n", "找不到正文"),
        (b"[1, 2, 3]", "没有帖子"),
        (b'{"posts": [}', "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"item":' * 500 + b"1" + b"}" * 500, "找不到正文"),
        (b"body\n", "没有帖子"),
        (b"body\n" + b"x\n" * 2001, "最多 2000 行"),
        (a_json([{"body": "x"}] * 2001), "最多 2000 行"),
    ],
    ids=lambda each: str(each)[:20],
)
def test_what_will_not_do_is_told(content, says):
    with pytest.raises(Invalid) as why:
        files.read(content, ZONE)
    assert says in str(why.value.fields["file"])


def test_html_becomes_text_and_nothing_else():
    html = "<p>1 &lt; 2 &amp; 3</p><style>p{}</style><p onclick=x>4<img src=x onerror=y></p><!-- 5 -->3 < 5"

    assert texts.text_of(html) == "1 < 2 & 3\n\n4\n\n3 < 5"


def test_pictures_are_found_by_path_and_by_name():
    found = archive.names(a_zip("a.jpg", "sub/B.PNG", "sub/a.jpg"))

    assert found["b.png"] == "sub/B.PNG"
    assert found["a.jpg"] == "a.jpg"
    assert found["sub/a.jpg"] == "sub/a.jpg"


def test_signs_that_the_database_does_not_keep_are_left_out_everywhere():
    [line] = files.read(
        a_json([{"body": "甲\x00", "topics": ["夜\x00跑", "\x00"], "pictures": ["a\x00.jpg"]}]),
        ZONE,
    )

    assert (line.body, line.topics, line.pictures) == ("甲", "夜跑", ("a.jpg",))


def test_an_article_with_the_number_of_no_sign_is_read_around_it():
    [body] = bodies(a_json([{"title": "甲", "content": f"<p>前 &#{'9' * 5000}; 后</p>"}]))

    assert body.startswith("甲\n\n前 ")
    assert body.endswith(" 后")


def odd_zip(name: str = "a.jpg", content: bytes = b"x", **how) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        for key, value in how.items():
            setattr(entry, key, value)
        packed.writestr(entry, content)
    return out.getvalue()


def many(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for n in range(count):
            packed.writestr(str(n), b"")
    return out.getvalue()


def lying_about_its_list() -> bytes:
    content = bytearray(a_zip("a.jpg"))
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<HI", content, end + 10, 1, 2**31)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        odd_zip("../a.jpg"), odd_zip("/etc/passwd"), odd_zip("a/../../b.jpg"), odd_zip("a\\..\\b.jpg"),
        odd_zip("C:/x.jpg"), odd_zip("."), odd_zip(compress_type=zipfile.ZIP_LZMA), odd_zip(compress_type=zipfile.ZIP_BZIP2), odd_zip(external_attr=0o120777 << 16), odd_zip(content=b"\0" * 30_000_000),
        many(3001), b"", b"PK\x05\x06", b"no zip at all", lying_about_its_list(), a_zip("a.jpg")[:-30],
        b"x" * (40 * 2**20 + 1),
    ],
    ids=lambda each: str(len(each)),
)  # fmt: skip
def test_an_archive_that_was_made_to_do_harm_is_refused(content):
    with pytest.raises(Invalid) as why:
        archive.names(content)
    assert "pictures" in why.value.fields
