"""`/me/settings/notices`: what I want to hear, by which way, and how often by mail."""

from typing import Any
from zoneinfo import available_timezones

from litestar import Request, Response, get, post

from quanzi.errors import Invalid, Said, said
from quanzi.identity import mailbox
from quanzi.identity.mailbox import Mailbox
from quanzi.notifications import digest, preferences
from quanzi.notifications.kinds import CHANNELS, SUBJECTS
from quanzi.push import keys, subscribing
from quanzi.web import forms, i18n, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

CHOICES = "/me/settings/notices"

# The ones most people here live in; who has chosen another keeps it.
ZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Dubai",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Australia/Sydney",
)


@get("/me/settings/notices")
async def show_choices(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    chosen = await preferences.of(viewer.member_id)
    box = await mailbox.of(viewer.member_id)
    every, hour = await digest.of(viewer.member_id)
    form = Form(
        {
            **{
                f"{subject}.{channel}": "on" if on else ""
                for (subject, channel), on in chosen.items()
            },
            "every": every,
            "hour": str(hour),
            "language": box.language,
            "time_zone": box.time_zone,
        },
        {},
    )
    return await _choices_page(request, form, box)


@post("/me/settings/notices", request_max_body_size=SMALL_FORM)
async def choose(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    form = await forms.read(request)
    try:
        _check(form)
        await mailbox.choose(viewer.member_id, form["language"], form["time_zone"])
        await digest.choose(viewer.member_id, form["every"] or "off", form.number("hour"))
    except Invalid as wrong:
        box = await mailbox.of(viewer.member_id)
        return await _choices_page(request, form, box, status=422, errors=wrong.fields)
    await preferences.choose(
        viewer.member_id,
        {
            (subject, channel): form.ticked(f"{subject}.{channel}")
            for subject in SUBJECTS
            for channel in CHANNELS
        },
    )
    return see("/me/settings/notices?saved")


def _check(form: Form) -> None:
    wrong: dict[str, Said] = {}
    if form["language"] not in i18n.LANGUAGES:
        wrong["language"] = said("请选一个列出的选项。")
    if form["time_zone"] not in available_timezones():
        wrong["time_zone"] = said("请选一个列出的选项。")
    if wrong:
        raise Invalid(**wrong)


async def _choices_page(
    request: type_of_request,
    form: Form,
    box: Mailbox,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    language = i18n.language_of(request)
    zones = dict.fromkeys([*ZONES, box.time_zone])
    return await page(
        request,
        "notifications/choices.html",
        status=status,
        box=box,
        subjects=SUBJECTS,
        channels=CHANNELS,
        zones={zone: i18n.place_of(zone, language) for zone in zones},
        push_key=keys.public(),
        devices=await subscribing.own(box.member_id),
        form=form,
        errors=errors or {},
    )
