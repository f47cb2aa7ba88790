"""What happens at which score: the platform's policy, and a circle's stricter one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, Said, said
from quanzi.moderation import policy, setting_policy, trying_policy
from quanzi.moderation.trying_policy import Effect
from quanzi.screening import policies
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.policies import PLATFORM
from quanzi.screening.policy import ACTIONS, NEVER, STEPS, Line, Policy, check
from quanzi.web import forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

NO_NUMBER = said("请填 1 到 100 之间的数，空着表示不用。")
LONGEST_NUMBER, LONGEST_VERSION = 3, 6


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose policy is on the page. `place`: None for the platform's."""

    place: Place | None
    may_change: bool

    @property
    def circle_id(self) -> int:
        return self.place.circle.id if self.place else PLATFORM

    @property
    def address(self) -> str:
        return f"/c/{self.place.circle.slug}/manage/screening" if self.place else "/admin/screening"


@get("/admin/screening")
async def show_policy(request: type_of_request) -> Response[bytes]:
    """`?version=`: the policy as it once was."""
    await let_in(request, policy.can_set_policy)
    return await _as_it_is(request, Desk(None, may_change=True))


@post("/admin/screening", request_max_body_size=SMALL_FORM)
async def change_policy(request: type_of_request) -> Response[bytes]:
    """`try`: show what it would do; otherwise put it in force."""
    viewer = await let_in(request, policy.can_set_policy)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)

    async def put(made: Policy) -> None:
        await setting_policy.for_platform(
            viewer, made, after=form.number("version") or 0, note=form["note"]
        )

    return await _tried_or_put(request, Desk(None, may_change=True), form, put)


@get("/c/{circle:str}/manage/screening")
async def show_circle_policy(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_see_policy_here)
    return await _as_it_is(request, Desk(place, policy.can_set_policy_here(place)))


@post("/c/{circle:str}/manage/screening", request_max_body_size=SMALL_FORM)
async def change_circle_policy(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """As the platform's."""
    place = await place_for_deed(request, circle, policy.can_set_policy_here)
    form = await forms.read(request)

    async def put(made: Policy) -> None:
        await setting_policy.for_circle(
            place, made, after=form.number("version") or 0, note=form["note"]
        )

    return await _tried_or_put(request, Desk(place, may_change=True), form, put)


POLICY: list[Any] = [show_policy, change_policy, show_circle_policy, change_circle_policy]


async def _as_it_is(request: type_of_request, desk: Desk) -> Response[bytes]:
    typed = request.query_params.get("version", "")
    version = forms.whole(typed) if len(typed) <= LONGEST_VERSION else None
    in_force = await policies.own(desk.circle_id)
    shown = await policies.of_version(desk.circle_id, version) if version else in_force
    return await _shown(request, desk, _as_form(shown.policy, in_force.version))


async def _tried_or_put(
    request: type_of_request, desk: Desk, form: Form, put: Callable[[Policy], Awaitable[None]]
) -> Response[bytes]:
    try:
        made = _made(form)
        if form["try"]:
            await _check(desk, made)
            effect = await trying_policy.effect(desk.circle_id, made)
            return await _shown(request, desk, form, effect=effect)
        await put(made)
    except Invalid as wrong:
        return await _shown(request, desk, form, status=422, errors=wrong.fields)
    except Conflict as stale:
        # What is in force now stands beside each field; who saves again has seen it.
        newest = (await policies.own(desk.circle_id)).version
        again = Form(form.values | {"version": str(newest)}, {})
        return await _shown(
            request, desk, again, status=409, errors={"note": stale.sentence}, beside=True
        )
    return see(f"{desk.address}?saved")


async def _check(desk: Desk, made: Policy) -> None:
    check(made)
    if desk.place:
        setting_policy.check_floor((await policies.own(PLATFORM)).policy, made)


def _made(form: Form) -> Policy:
    """Raises Invalid for what is no number; an empty field is never."""
    wrong: dict[str, Said] = {}
    made = {
        category: Line(**{step: _number(form, f"{category}-{step}", wrong) for step in STEPS})
        for category in CATEGORIES
    }
    if wrong:
        raise Invalid(**wrong)
    return made


def _number(form: Form, name: str, wrong: dict[str, Said]) -> int:
    if not form[name].strip():
        return NEVER
    found = forms.filled_in(form[name], name, wrong, NO_NUMBER, longest=LONGEST_NUMBER)
    if not 1 <= found < NEVER:
        wrong[name] = NO_NUMBER
    return found


def _as_form(made: Policy, version: int) -> Form:
    filled = {"version": str(version)}
    for category, line in made.items():
        for step in STEPS:
            score = getattr(line, step)
            filled[f"{category}-{step}"] = "" if score == NEVER else str(score)
    return Form(filled, {})


async def _shown(
    request: type_of_request,
    desk: Desk,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
    effect: Effect | None = None,
    beside: bool = False,
) -> Response[bytes]:
    """`beside`: what is in force now stands beside each field that says something else."""
    floor = (await policies.own(PLATFORM)).policy if desk.place else {}
    in_force = (await policies.own(desk.circle_id)).policy if beside else {}
    return await page(
        request,
        "moderation/policy.html",
        status=status,
        desk=desk,
        form=form,
        errors=errors or {},
        effect=effect,
        floor=_as_form(floor, 0),
        in_force=_as_form(in_force, 0) if beside else None,
        actions=ACTIONS,
        steps=STEPS,
        categories=CATEGORIES,
        versions=await policies.versions(desk.circle_id),
    )
