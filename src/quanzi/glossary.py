"""`docs/glossary.md`: the site's words, as the code, the three languages and the pages say them.

`python -m quanzi.glossary` writes it from the catalogues, so that a word is never another in the docs
"""

from quanzi import messages
from quanzi.settings import ROOT

FILE = ROOT / "docs" / "glossary.md"

# The code's word, the message by which pages say it, and what it is.
WORDS = (
    ("circle", "圈子", "a place for one interest, with its own log of events"),
    ("category", "分类", "what circles are filed under"),
    ("partner", "合作伙伴", "a merchant or institution that runs circles"),
    ("owner", "圈主", "of a partner's staff: everything"),
    ("editor", "编辑", "of a partner's staff: posts, pins, plans, collections, services, fans"),
    ("reviewer", "审核员", "of a partner's staff: the review queue"),
    ("analyst", "分析员", "of a partner's staff: reads the figures"),
    ("member", "用户", "somebody with an account"),
    ("follower", "关注者", "a member who follows a circle"),
    ("fan", "粉丝", "a follower, as the partner knows them"),
    ("post", "帖子", "what is said in a circle"),
    ("comment", "评论", "what is said under a post"),
    ("reply", "回复", "a comment that answers another"),
    ("like", "点赞", "a press that says so"),
    ("topic", "话题", "`#跑步#` in a post"),
    ("pin", "置顶", "a post kept at the top"),
    ("pin slot", "置顶位", "a place for a pin"),
    ("digest", "精华", "the posts that editors hold up as the best of a circle"),
    ("collection", "合集", "posts in sections and in order, kept useful"),
    ("plan", "计划", "what comes out when: posts, pins, notices, what repeats"),
    ("draft", "草稿", "a post without a time"),
    ("service", "服务", "what a partner offers: a card that leads out, or is booked"),
    ("tag", "标签", "what a partner knows a fan by"),
    ("segment", "分群", "fans by conditions"),
    ("notice", "通知", "what a member is told; what a circle tells its fans"),
    ("check-in", "签到", "once a day, where a circle wants it"),
    ("insight", "数据", "a circle's figures over time"),
    ("screening", "机审", "what a machine says of a text or picture before anyone sees it"),
    ("category of content", "类别", "what is wrong with it"),
    ("report", "举报", "a member says that something is wrong"),
    ("appeal", "申诉", "a member asks for a decision to be looked at again"),
    ("verification", "实名认证", "a name that was proved, and is shown to nobody"),
    ("credit score", "信用分", "what a member's deeds have come to"),
    ("credit ledger", "信用流水", "each change of it, with its reason"),
    ("threshold", "门槛", "what a circle asks of who reads, comments or posts in it"),
    ("app", "应用", "a program that acts for a member who allowed it"),
)  # fmt: skip


def write() -> None:
    FILE.write_text(text())


def text() -> str:
    english, traditional = messages.catalogue("en"), messages.catalogue("zh-Hant")
    lines = [
        "# Words\n",
        "The same in the code, in addresses and on pages; written by `python -m quanzi.glossary`.\n",
        "| in the code | 简体中文 | 繁體中文 | on English pages | is |",
        "|---|---|---|---|---|",
        *(
            f"| {code} | {word} | {traditional[word]} | {english[word]} | {meaning} |"
            for code, word, meaning in WORDS
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write()
