"""The rules of credit, edited by the platform: shown, tried out, put in force."""

from typing import Any

from litestar import Request, Response, get, post

from quanzi.credit import rulebook, rules
from quanzi.credit.bands import BANDS
from quanzi.credit.rules import FIELDS, NAMES, STEPS, Rule, Rules
from quanzi.errors import Conflict, Invalid, Said, said
from quanzi.screening.categories import CATEGORIES
from quanzi.standing import policy, previewing, watching
from quanzi.standing.previewing import Effect
from quanzi.web import forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

NO_NUMBER = said("请填一个整数。")
LONGEST_NUMBER = 6


@get("/admin/credit")
async def show_rules(request: type_of_request) -> Response[bytes]:
    """`?version=`: the rules as they once were."""
    await let_in(request, policy.can_edit_rules)
    typed = request.query_params.get("version", "")
    version = forms.whole(typed) if len(typed) <= LONGEST_NUMBER else None
    in_force = await rulebook.current()
    book = in_force if version is None else await rulebook.of_version(version)
    return await _shown(request, _as_form(book.rules, in_force.version))


@post("/admin/credit", request_max_body_size=SMALL_FORM)
async def change_rules(request: type_of_request) -> Response[bytes]:
    """`try`: show what they would do; otherwise put them in force."""
    viewer = await let_in(request, policy.can_edit_rules)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        made = _made(form)
        rules.check(made)
        if form["try"]:
            return await _shown(request, form, effect=await previewing.effect(made))
        await rulebook.put_in_force(
            made, after=form.number("version") or 0, note=form["note"], by=viewer.member_id
        )
    except Invalid as wrong:
        return await _shown(request, form, status=422, errors=wrong.fields)
    except Conflict as stale:
        return await _shown(request, form, status=409, errors={"note": stale.sentence})
    return see("/admin/credit?saved")


@get("/admin/credit/pairs")
async def show_pairs(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_edit_rules)
    return await page(request, "standing/pairs.html", pairs=await watching.pairs())


def _made(form: Form) -> Rules:
    """Raises Invalid for what is no number."""
    wrong: dict[str, Said] = {}
    made = {
        name: Rule(
            steps={step: _number(form, f"{name}-{step}", wrong) for step in STEPS.get(name, ())},
            **{part: _number(form, f"{name}-{part}", wrong) for part in FIELDS[name]},
        )
        for name in NAMES
    }
    if wrong:
        raise Invalid(**wrong)
    return made


def _number(form: Form, name: str, wrong: dict[str, Said]) -> int:
    typed = form[name].replace("−", "-")
    return forms.filled_in(typed, name, wrong, NO_NUMBER, longest=LONGEST_NUMBER, sign="-")


def _as_form(made: Rules, version: int) -> Form:
    filled = {"version": str(version)}
    for name, rule in made.items():
        filled |= {f"{name}-{part}": str(getattr(rule, part) or "") for part in FIELDS[name]}
        filled |= {f"{name}-{step}": str(points or "") for step, points in rule.steps.items()}
    return Form(filled, {})


async def _shown(
    request: type_of_request,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
    effect: Effect | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "standing/rules.html",
        status=status,
        form=form,
        errors=errors or {},
        effect=effect,
        bands=BANDS,
        names=NAMES,
        fields=FIELDS,
        steps=STEPS,
        categories=CATEGORIES,
        versions=await rulebook.versions(),
    )
