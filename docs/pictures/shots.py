"""Which pages are in the guides, as whom, how wide, in which language and light."""

from dataclasses import dataclass

CIRCLE = "/c/pearl-river-night-run"
DESK = f"{CIRCLE}/manage"


@dataclass(frozen=True, slots=True)
class Shot:
    """`height`: pixels of the page that are shown; 0 for all of it."""

    name: str
    path: str
    who: str = ""
    language: str = "zh-Hans"
    phone: bool = False
    dark: bool = False
    height: int = 0


SHOTS = (
    # For everybody.
    Shot("circle", CIRCLE, "xiaolan", language="en", height=1100),
    Shot("discover", "/discover", height=1000),
    Shot("home-phone", "/", "xiaolan", phone=True, height=844),
    Shot("circle-phone", CIRCLE, "xiaolan", phone=True, height=844),
    Shot("circle-dark-phone", CIRCLE, "xiaolan", phone=True, dark=True, height=844),
    Shot("collections", f"{CIRCLE}/collections", height=900),
    Shot("services", f"{CIRCLE}/services", "xiaolan", height=900),
    Shot("search", "/discover?q=夜跑", height=900),
    Shot("notices-phone", "/me/notices", "xiaolan", phone=True, height=844),
    Shot("credit", "/me/credit", "xiaolan", height=1000),
    Shot("settings", "/me/settings", "xiaolan", language="en", height=1000),
    Shot("profile", "/m/xiaolan", height=900),
    # For who runs a circle.
    Shot("desk", DESK, "joyrun-owner", height=900),
    Shot("compose", f"{CIRCLE}/compose", "joyrun-editor", height=1000),
    Shot("plan", f"{DESK}/plan", "joyrun-editor", height=1000),
    Shot("plan-phone", f"{DESK}/plan?view=list", "joyrun-editor", phone=True, height=844),
    Shot("pins", f"{DESK}/pins", "joyrun-editor", height=900),
    Shot("fans", f"{DESK}/fans", "joyrun-owner", height=1000),
    Shot("notices", f"{DESK}/notices", "joyrun-owner", height=1000),
    Shot("insights", f"{DESK}/insights", "joyrun-owner", height=1300),
    Shot("review", f"{DESK}/review", "joyrun-reviewer", height=900),
    Shot("services-desk", f"{DESK}/services", "joyrun-owner", height=900),
    Shot("staff", f"{DESK}/staff", "joyrun-owner", height=800),
    Shot("desk-dark", f"{DESK}/insights", "joyrun-owner", dark=True, language="en", height=1100),
    # For who runs the site, or writes programs.
    Shot("queue", "/review", "moderator", height=900),
    Shot("developers", "/developers", language="en", height=1000),
    Shot("webhooks", f"{DESK}/webhooks", "joyrun-owner", language="en", height=800),
)
