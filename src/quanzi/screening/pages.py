"""What people say of themselves, of their circles and their partners: read before it is shown.

These are not posts that could wait: what somebody would have to look at first comes back to be
worded otherwise, and a picture that cannot be looked at is asked for again later.
"""

from quanzi.errors import Invalid, Said, said
from quanzi.screening import pictures, policies, verdicts
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.policy import outcome
from quanzi.screening.verdicts import Piece

# A partner may praise itself and say where to find it.
OF_A_PARTNER = frozenset({"advertising", "privacy"})
PATIENCE = 10.0


async def check(*, of_partner: bool = False, **fields: str) -> None:
    """Raises Invalid with a sentence by each field that will not do."""
    wrong: dict[str, Said] = {}
    for name, text in fields.items():
        spared = OF_A_PARTNER if of_partner else frozenset[str]()
        verdict = await verdicts.judge(Piece("page", 0, 0, text, spared=spared))
        if verdict.action in {"mask", "hold", "refuse"}:
            wrong[name] = said(
                "这里疑似“%(category)s”，请换一种写法。", category=CATEGORIES[verdict.category]
            )
    if wrong:
        raise Invalid(**wrong)


async def check_picture(name: str, field: str) -> None:
    """Raises Invalid under `field`."""
    seen = await pictures.look([name], within=PATIENCE)
    found = outcome((await policies.of_circle(0)).policy, await pictures.findings(seen))
    if found.action in {"hold", "refuse"}:
        raise Invalid(
            **{
                field: said(
                    "这张图片疑似“%(category)s”，不能使用。", category=CATEGORIES[found.category]
                )
            }
        )
    if None in seen:
        raise Invalid(**{field: said("现在没能审核这张图片，请过一会儿再试。")})
