"""Ways out of the site: lead-ins like 加V, with or without what to add there.

Who gives an account to be written to elsewhere is looked at; who only speaks of 微信 is not.
"""

import re
from collections.abc import Iterator

from quanzi.screening.finding import Finding
from quanzi.screening.normalising import Normal
from quanzi.screening.squeezing import Squeezed

WITH_ACCOUNT, LEAD_IN = 0.65, 0.3

_WECHAT = (
    r"微信?号?|微x|[微威徽维为围薇巍危唯](?:信|芯|心|新|x)|[vw](?:信|芯|心|x|xin)?号?"
    r"|weixin|wechat|卫星|绿泡泡|绿色软件"
)
_QQ = r"qq号?|q(?=\d)|扣扣|抠抠|扣(?=\d)|秋秋|企鹅号?|球球"
_OTHER = r"tg号?|telegram|电报号?|纸?飞机号?|whatsapp|skype|蝙蝠号?"
_GROUP = r"(?:qq|q|扣扣|企鹅|交流|福利|内部|带单|资源)?[群裙](?:号码?)?"
_ADD = r"(?:添?加|\+|联系|咨询|详询|请联|滴滴|[十佳嘉伽私威](?=[微威薇]|v(?![a-z])))"
_WHOM = r"(?:一下|下方?|我们?|群主|客服|老师|助理|教练|经理|本人|专员|小姐姐|管理员|她|他)?的?"
_ACCOUNT = r"(?:[a-z][a-z0-9_-]{4,19}|\d{6,11}|(?=[a-z_-]{0,12}\d)[a-z0-9_-]{6,20})"
_BETWEEN = r"[^a-z0-9\n]{0,6}"
_APART = r"[^a-z0-9\n]{1,6}"
_BEFORE = r"(?<![a-z0-9])"
_CALLED = rf"(?:{_WECHAT}|{_QQ}|{_OTHER})"

# A letter that is followed by letters at once is the beginning of a word.
_SPOKEN = re.compile(
    rf"(?:{_ADD}{_WHOM}{_BETWEEN}{_CALLED}(?:{_APART}{_ACCOUNT}|(?=[a-z_-]{{0,12}}\d){_ACCOUNT})"
    rf"|{_BEFORE}(?:{_CALLED}|{_GROUP})(?:号|是|为|同号)?\s?[:=@]{{1,2}}\s?{_ACCOUNT}"
    rf"|{_BEFORE}(?:vx|wx|qq|tg|wechat|weixin|whatsapp|skype){_APART}(?=[a-z_-]{{0,12}}\d){_ACCOUNT}"
    rf"|(?:[微威薇维v][信心号x❤♥]|[微薇](?=[^一-鿿]{{0,4}}[a-z0-9])|vx|扣扣|qq|电报|飞机)号?(?:是|为|同号)?{_BETWEEN}(?=[a-z_-]{{0,12}}\d){_ACCOUNT}"
    rf"|{_GROUP}{_BETWEEN}\d{{6,11}})"
)
_LED = re.compile(
    r"(?:添?加|\+)(?:一下|下|我们?|群主|客服|老师|助理)的?[vw微威薇q扣](?:信|x|q|扣)?(?![a-z])"
    r"|(?:添?加|\+)(?:v|vx|wx|威信|薇信|维信|扣扣|卫星)(?![a-z0-9])"
    r"|主页有(?:联系|方式|微信)|看我(?:主页|头像|资料|签名)|点我?头像|头像(?:加|进)|私我|私信(?:我|拿|领)"
    r"|扫(?:一?扫)?(?:下方|上方|图中)?(?:二维码|码)(?:加|进|领|入)|懂的(?:来|私|加|进|d)|滴滴我|有意(?:者|向)?(?:私|加|联系)"
)


def contacts(normal: Normal, text: str, together: Squeezed) -> Iterator[Finding]:
    """`text`: the normal one with its numbers; `together`: the same without gaps."""
    for found in _SPOKEN.finditer(text):
        yield Finding("advertising", WITH_ACCOUNT, *normal.span(*found.span()), "contact")
    for pattern, score, rule in ((_SPOKEN, WITH_ACCOUNT, "contact"), (_LED, LEAD_IN, "lead-in")):
        for found in pattern.finditer(together.text):
            first, last = together.places[found.start()], together.places[found.end() - 1]
            yield Finding("advertising", score, *normal.span(first, last + 1), rule)
