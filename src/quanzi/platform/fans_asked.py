"""Conditions as a program sends them: read by the rules of the desk's form, and told back."""

from dataclasses import asdict
from typing import Any

from quanzi.errors import Invalid, said
from quanzi.fans import conditions as asking
from quanzi.fans.asked import offered
from quanzi.fans.conditions import TAGGED, Conditions
from quanzi.platform import fan_shapes
from quanzi.web.forms import Form

GROUPS = tuple(TAGGED.values())


async def read(circle_id: int, given: fan_shapes.Conditions) -> Conditions:
    """Raises Invalid, also for a tag that the circle has not, or that is asked for in two ways: a form
    can say neither.
    """
    can_ask = await offered(circle_id)
    values: dict[str, Any] = {name: getattr(given, name) for name in given.__struct_fields__}
    values |= {name: tuple(values[name]) for name in ("bands", *GROUPS)}
    wished = Conditions(**values)
    seen: set[int] = set()
    for name in GROUPS:
        here = set(getattr(wished, name))
        if here - set(can_ask.tag_names) or here & seen:
            raise Invalid(**{name: said("没有这个标签，或者它用了两次。")})
        seen |= here
    return can_ask.read(Form(asking.typed(wished), {}))


def told(asked: Conditions) -> fan_shapes.Conditions:
    values = asdict(asked)
    values |= {name: list(values[name]) for name in ("bands", *GROUPS)}
    return fan_shapes.Conditions(**values)
