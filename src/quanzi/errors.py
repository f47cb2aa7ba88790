"""Refusals: what a verb says when it will not do a thing. They know no HTTP.

The sentence is kept as a message and its parameters, since the verb does not know which language
the reader reads; `web/refusals.py` puts it into words.
"""

from typing import Any


class Said:
    """A sentence for people, translated where it is shown. Written `said("还有 %(n)d 张", n=3)`."""

    __slots__ = ("message", "values")

    def __init__(self, message: str, **values: Any) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message

    def __repr__(self) -> str:
        return f"said({str(self)!r})"


said = Said


class Refusal(Exception):
    sentence = said("现在不能这样做。")

    def __init__(self, sentence: Said | None = None) -> None:
        super().__init__(str(sentence or self.sentence))
        if sentence is not None:
            self.sentence = sentence


class NotFound(Refusal):
    """Also what someone gets who may not know that the thing exists."""

    sentence = said("这里没有你要找的内容，可能已被删除，或者地址有误。")


class SignInFirst(Refusal):
    sentence = said("请先登录。")


class SetUpFirst(Refusal):
    """The site waits for whose it will be."""

    sentence = said("网站还没有设置好。")


class Elsewhere(Refusal):
    """What they ask for has an address of its own: `path`."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class NotAllowed(Refusal):
    sentence = said("你没有权限这样做。")


class Barred(NotAllowed):
    """Not yet: they lack something that they can come by. `way`: by what they would begin."""

    def __init__(self, *sentences: Said, way: str = "") -> None:
        super().__init__(sentences[0])
        self.sentences = sentences
        self.way = way


class Forged(Refusal):
    """The request does not prove that it comes from one of our own pages."""

    sentence = said("页面已过期或请求来自别的网站，请刷新后重试。")


class Conflict(Refusal):
    sentence = said("内容已经变了，请查看最新内容后重试。")


class Outdated(Conflict):
    """It has changed since the state that was named: nothing was done."""


class Invalid(Refusal):
    """One sentence per field: `Invalid(body=said("…"))`."""

    sentence = said("请检查标出的内容。")

    def __init__(self, **fields: Said) -> None:
        super().__init__()
        self.fields = fields


class VersionNeeded(Invalid):
    """Who changes a thing says which state of it they have seen."""


class TooLarge(Refusal):
    sentence = said("提交的内容太大。")


class TooMany(Refusal):
    sentence = said("操作太频繁，请稍后再试。")

    def __init__(self, retry_after: float, sentence: Said | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
