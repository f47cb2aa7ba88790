"""Who tells of a thing does not offer it: news of a raid, a warning, a court's sentence.

Only where nobody is spoken to or led anywhere: swindlers like to speak as the police.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from quanzi.screening.finding import Finding

LESS = 0.5
_TOLD = re.compile(
    r"警方|民警|公安|警察|法院|检察|判处|获刑|判刑|通报|记者|新闻|反诈|禁毒|缉毒|扫黄|查获|缴获|抓获|打掉|捣毁|涉案|嫌疑人"
    r"|专家(?!号)|呼吁|拒绝|抵制|远离|警惕|谨防|提醒|防范|打击|严打|严查|骗局|被骗|上当|受害|违法|犯罪|危害|宣传|科普|讲座|纪录片|保护|凡是|别信|轻信|当心|陷阱|怎么识别|如何识别|风险越?[大高]"
)
_SPOKEN_TO = re.compile(
    r"您|请点击|请联系|请配合|点击|加我|私我|私信|私聊|联系我|咨询|可验|现货|包邮|出售|收购"
)
_LEADS = frozenset({"contact", "lead-in", "host", "link", "repeat"})
# These hurt whoever they are told of.
_ALWAYS = frozenset({"abuse", "advertising"})
_ALWAYS_BY = frozenset({"identity", "phone", "card", "landline", "mail"})


def less_if_told(text: str, found: Iterable[Finding]) -> list[Finding]:
    """`text`: the normal one."""
    some = list(found)
    if (
        not some
        or any(each.rule in _LEADS for each in some)
        or not _TOLD.search(text)
        or _SPOKEN_TO.search(text)
    ):
        return some
    return [
        each
        if each.category in _ALWAYS or each.rule in _ALWAYS_BY
        else replace(each, score=each.score * LESS)
        for each in some
    ]
