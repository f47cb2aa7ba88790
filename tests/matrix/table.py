"""Who may open which door: a row for every route, written down by hand.

A row's letters stand for people, in this order:

    visitor · member · owner editor reviewer analyst · other · moderator admin

Owner, editor, reviewer and analyst are on the staff of the partner whose object it is; *other* is on
the staff of another partner. So a row is asked twice: of Joyrun's object and of Maimai's.

    y  may (2xx, 303, or 422 for the empty form that is sent)
    n  may not, and is told so: they can see the thing anyway
    -  for them there is no such thing: exactly the answer that an absent one gives
    s  sign in first

A row names the objects it is about: a circle or partner that is `public` or `hidden`, a circle that is
`guarded` (read by who has a verified name, which nobody here has), or a thing that is one's `own` or
`another`'s. A route without a row fails the suite, and a row without a route.
"""

from typing import NamedTuple

PEOPLE = (
    "visitor",
    "member",
    "owner",
    "editor",
    "reviewer",
    "analyst",
    "other",
    "moderator",
    "admin",
)


class Row(NamedTuple):
    """`objects`: for each kind of object, the letters. `then`: what to send besides the token."""

    door: str
    objects: dict[str, str]


def circles(public: str, hidden: str, guarded: str = "") -> dict[str, str]:
    found = {"public": public, "hidden": hidden}
    return found | {"guarded": guarded} if guarded else found


# fmt: off
#                         V M OERA X PA    V M OERA X PA
FRONT      = circles(    "y y yyyy y yy", "- - yyyy - yy", "y y yyyy y yy")
READ       = circles(    "y y yyyy y yy", "- - yyyy - yy", "n n yyyy n yy")
PARTNER    = circles(    "y y yyyy y yy", "- - yyyy - yy")
JOINING    = circles(    "s y yyyy y yy", "s - yyyy - yy", "s y yyyy y yy")
DEED       = circles(    "s y yyyy y yy", "s - yyyy - yy", "s n yyyy n yy")
EDITORS    = circles(    "s n yynn n nn", "s - yynn - nn")
REVIEWERS  = circles(    "s n yyyn n yy", "s - yyyn - yy")
EDITING    = circles(    "s - yy-- - --", "s - yy-- - --")
SUGGESTING = circles(    "s y nnyy y yy", "s - nnyy - yy", "s n nnyy n yy")
DESK       = circles(    "s - yyyy - -y", "s - yyyy - -y")
REVIEWING  = circles(    "s - yyy- - yy", "s - yyy- - yy")
SERVING    = circles(    "s - yy-- - --", "s - yy-- - --")
COUNTING   = circles(    "s - yy-y - --", "s - yy-y - --")
STAFF_ONLY = circles(    "s - yyyy - --", "s - yyyy - --")
RULES      = circles(    "s - y--- - -y", "s - y--- - -y")
PLANNERS   = circles(    "s - yy-- - --", "s - yy-- - --")
AGREEING   = circles(    "s - yn-- - --", "s - yn-- - --")
OWNER_ONLY = circles(    "s - y--- - --", "s - y--- - --")
# What a visitor may read, whoever asks.
FEED       = circles(    "y y yyyy y yy", "- - ---- - --", "n n nnnn n nn")
# By a key, which lends nobody the rank that they have on the platform.
KEY_FRONT  = circles(    "s y yyyy y yy", "s - yyyy - --", "s y yyyy y yy")
KEY_READ   = circles(    "s y yyyy y yy", "s - yyyy - --", "s n yyyy n nn")
KEY_EDITOR = circles(    "s n yynn n nn", "s - yynn - --", "s n yynn n nn")
EVERYBODY  = {"":        "y y yyyy y yy"}
MEMBERS    = {"":        "s y yyyy y yy"}
PLATFORM   = {"":        "s - ---- - yy"}
ADMINS     = {"":        "s - ---- - -y"}

ROWS = (
    # ── finding and reading ──
    Row("GET /",                                                   EVERYBODY),
    Row("GET /discover",                                           EVERYBODY),
    Row("GET /c/{circle}",                                        FRONT),
    Row("GET /c/{circle}/about",                                  FRONT),
    Row("GET /c/{circle}/transparency",                           FRONT),
    Row("GET /transparency",                                      EVERYBODY),
    Row("GET /c/{circle}/digest",                                  READ),
    Row("GET /c/{circle}/collections",                             READ),
    Row("GET /c/{circle}/collections/{collection_id}",             READ),
    Row("GET /c/{circle}/collections/{collection_id}/cover/{size}", READ),
    Row("GET /c/{circle}/collections/{collection_id}/maps/{post_id}/{size}", READ),
    Row("GET /c/{circle}/members",                                 READ),
    Row("GET /c/{circle}/topics/{topic}",                          READ),
    Row("GET /c/{circle}/p/{post_id}",                             READ),
    Row("GET /c/{circle}/p/{post_id}/t/{comment_id}",              READ),
    Row("GET /c/{circle}/cover/{size}",                           FRONT),
    Row("GET /c/{circle}/i/{name}/{size}",                         READ),
    Row("GET /c/{circle}/missed",                                  READ),
    Row("LIVE /c/{circle}/live",                                   READ),
    Row("LIVE /live",                                              MEMBERS),
    Row("GET /partners/{partner}",                              PARTNER),
    # ── taking part ──
    Row("POST /c/{circle}/follow",                              JOINING),
    Row("POST /c/{circle}/unfollow",                            JOINING),
    Row("GET /c/{circle}/check-in",                             circles("s y yyyy y yy", "s - yyyy - yy", "s n yyyy n yy")),
    Row("POST /c/{circle}/check-in",                            circles("s n nnnn n nn", "s - nnnn - nn", "s n nnnn n nn")),
    Row("POST /c/{circle}/seen",                                JOINING),
    Row("GET /c/{circle}/compose",                                 DEED),
    Row("POST /c/{circle}/posts",                                  DEED),
    Row("POST /c/{circle}/compose/keep",                           EDITORS),
    Row("POST /c/{circle}/compose/preview",                        DEED),
    Row("GET /c/{circle}/names",                                   DEED),
    Row("GET /c/{circle}/p/{post_id}/controls",                    DEED),
    Row("POST /c/{circle}/p/{post_id}/like",                       DEED),
    Row("POST /c/{circle}/p/{post_id}/unlike",                     DEED),
    Row("POST /c/{circle}/p/{post_id}/comments",                   DEED),
    # ── services ──
    Row("GET /c/{circle}/services",                                READ),
    Row("GET /c/{circle}/services/{service_id}",                   READ),
    Row("GET /c/{circle}/services/{service_id}/picture/{size}",    READ),
    Row("POST /c/{circle}/services/{service_id}/requests",         DEED),
    Row("GET /me/requests",                                        MEMBERS),
    Row("GET /me/requests/{service_request_id}",           {"own": "s y yyyy y yy",
                                                        "another": "s - ---- - --"}),
    Row("POST /me/requests/{service_request_id}/withdraw", {"own": "s y yyyy y yy",
                                                        "another": "s - ---- - --"}),
    # ── the partner's and other people's posts ──
    Row("GET /c/{circle}/p/{post_id}/edit",                        EDITORS),
    Row("POST /c/{circle}/p/{post_id}/edit",                       EDITORS),
    Row("POST /c/{circle}/p/{post_id}/pin",                        EDITORS),
    Row("POST /c/{circle}/p/{post_id}/unpin",                      EDITORS),
    Row("POST /c/{circle}/p/{post_id}/digest",                     EDITORS),
    Row("POST /c/{circle}/p/{post_id}/undigest",                   EDITORS),
    Row("POST /c/{circle}/p/{post_id}/collect",                    EDITORS),
    # Who may put it in themselves need not suggest it.
    Row("GET /c/{circle}/p/{post_id}/suggest",                     SUGGESTING),
    Row("POST /c/{circle}/p/{post_id}/suggest",                    SUGGESTING),
    # What stands for the partner its editors take away; about its people its owner decides.
    Row("POST /c/{circle}/p/{post_id}/delete",            circles("s n yynn n yy",
                                                                  "s - yynn - yy")),
    Row("POST /c/{circle}/p/{post_id}/comments/{comment_id}/delete",
                                                          circles("s n ynnn n yy",
                                                                  "s - ynnn - yy")),
    Row("GET /c/{circle}/p/{post_id}/comments/{comment_id}",       DEED),
    Row("GET /c/{circle}/p/{post_id}/report",                      DEED),
    Row("POST /c/{circle}/p/{post_id}/report",                     DEED),
    Row("GET /c/{circle}/p/{post_id}/comments/{comment_id}/report", DEED),
    Row("POST /c/{circle}/p/{post_id}/comments/{comment_id}/report", DEED),
    Row("GET /c/{circle}/p/{post_id}/decide",                      REVIEWERS),
    Row("POST /c/{circle}/p/{post_id}/decide",                     REVIEWERS),
    Row("GET /c/{circle}/p/{post_id}/comments/{comment_id}/decide", REVIEWERS),
    Row("POST /c/{circle}/p/{post_id}/comments/{comment_id}/decide", REVIEWERS),
    # ── the desk ──
    Row("GET /c/{circle}/manage",                                  DESK),
    Row("GET /c/{circle}/manage/import",                           PLANNERS),
    Row("POST /c/{circle}/manage/import",                          PLANNERS),
    Row("GET /c/{circle}/manage/import/{import_id}",               PLANNERS),
    Row("GET /c/{circle}/manage/import/{import_id}/progress",      PLANNERS),
    Row("GET /c/{circle}/manage/import/{import_id}/failures.csv",  PLANNERS),
    Row("POST /c/{circle}/manage/import/{import_id}/start",        PLANNERS),
    Row("POST /c/{circle}/manage/import/{import_id}/stop",         PLANNERS),
    Row("POST /c/{circle}/manage/import/{import_id}/drop",         PLANNERS),
    Row("GET /c/{circle}/manage/fans",                             COUNTING),
    Row("GET /c/{circle}/manage/fans/count",                       COUNTING),
    Row("GET /c/{circle}/manage/fans/m/{member}",                  COUNTING),
    Row("POST /c/{circle}/manage/fans/tag",                        SERVING),
    Row("GET /c/{circle}/manage/fans/segments",                    COUNTING),
    Row("GET /c/{circle}/manage/fans/segments/new",                SERVING),
    Row("POST /c/{circle}/manage/fans/segments/new",               SERVING),
    Row("GET /c/{circle}/manage/fans/segments/{segment_id}",       SERVING),
    Row("POST /c/{circle}/manage/fans/segments/{segment_id}",      SERVING),
    Row("POST /c/{circle}/manage/fans/segments/{segment_id}/withdraw", SERVING),
    Row("GET /c/{circle}/manage/fans/tags",                        COUNTING),
    Row("POST /c/{circle}/manage/fans/tags",                       SERVING),
    Row("GET /c/{circle}/manage/fans/tags/{tag_id}",               SERVING),
    Row("POST /c/{circle}/manage/fans/tags/{tag_id}",              SERVING),
    Row("POST /c/{circle}/manage/fans/tags/{tag_id}/remove",       SERVING),
    Row("GET /c/{circle}/manage/fans/check-ins",                   SERVING),
    Row("POST /c/{circle}/manage/fans/check-ins",                  SERVING),
    Row("GET /c/{circle}/manage/settings",                         RULES),
    Row("POST /c/{circle}/manage/settings",                        RULES),
    Row("GET /c/{circle}/manage/thresholds",                       RULES),
    Row("POST /c/{circle}/manage/thresholds",                      RULES),
    Row("GET /c/{circle}/manage/plan",                             PLANNERS),
    Row("POST /c/{circle}/manage/plan/move",                       PLANNERS),
    Row("POST /c/{circle}/manage/plan/mend",                       PLANNERS),
    Row("GET /c/{circle}/manage/plan/check",                       PLANNERS),
    Row("GET /c/{circle}/manage/plan/p/{planned_id}",              PLANNERS),
    Row("POST /c/{circle}/manage/plan/p/{planned_id}/time",        PLANNERS),
    Row("POST /c/{circle}/manage/plan/p/{planned_id}/now",         PLANNERS),
    Row("POST /c/{circle}/manage/plan/p/{planned_id}/keep",        PLANNERS),
    Row("POST /c/{circle}/manage/plan/p/{planned_id}/approve",     AGREEING),
    Row("POST /c/{circle}/manage/plan/p/{planned_id}/decline",     AGREEING),
    Row("GET /c/{circle}/manage/plan/digest/{post_id}",            PLANNERS),
    Row("POST /c/{circle}/manage/plan/digest/{post_id}",           PLANNERS),
    Row("GET /c/{circle}/manage/plan/series",                      PLANNERS),
    Row("POST /c/{circle}/manage/plan/series",                     PLANNERS),
    Row("POST /c/{circle}/manage/plan/series/{series_id}/end",     PLANNERS),
    Row("POST /c/{circle}/manage/plan/series/{series_id}/approve", AGREEING),
    Row("GET /c/{circle}/manage/plan/templates",                   PLANNERS),
    Row("POST /c/{circle}/manage/plan/templates",                  PLANNERS),
    Row("POST /c/{circle}/manage/plan/templates/{template_id}/remove", PLANNERS),
    Row("GET /c/{circle}/manage/plan/rules",                       RULES),
    Row("POST /c/{circle}/manage/plan/rules",                      RULES),
    Row("GET /c/{circle}/manage/pins",                             PLANNERS),
    Row("POST /c/{circle}/manage/pins/order",                      PLANNERS),
    Row("GET /partners/{partner}/manage/plan",                     PLANNERS),
    Row("GET /c/{circle}/manage/screening",                        REVIEWING),
    Row("POST /c/{circle}/manage/screening",                       RULES),
    Row("GET /c/{circle}/manage/review",                           REVIEWING),
    Row("POST /c/{circle}/manage/review/next",                     REVIEWING),
    Row("GET /c/{circle}/manage/review/{case_id}",                 REVIEWING),
    # Without anything decided it comes back; the case is about one of the partner's people.
    Row("POST /c/{circle}/manage/review/{case_id}",                REVIEWING),
    Row("POST /c/{circle}/manage/review/{case_id}/claim", circles("s - ynn- - yy", "s - ynn- - yy")),
    Row("POST /c/{circle}/manage/review/{case_id}/let-go",         REVIEWING),
    Row("POST /c/{circle}/manage/review/{case_id}/second", circles("s - ynn- - yy", "s - ynn- - yy")),
    Row("GET /c/{circle}/manage/appeals",                          REVIEWING),
    Row("GET /c/{circle}/manage/appeals/{decision_id}",            REVIEWING),
    Row("POST /c/{circle}/manage/appeals/{decision_id}",           REVIEWING),
    Row("GET /c/{circle}/manage/collections",                      EDITING),
    Row("POST /c/{circle}/manage/collections",                     EDITING),
    Row("GET /c/{circle}/manage/collections/{collection_id}",      EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}",     EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/publish", EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/withdraw", EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/delete", EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/sections", EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/sections/{section_id}", EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/sections/{section_id}/move",
                                                                   EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/sections/{section_id}/dissolve",
                                                                   EDITING),
    Row("GET /c/{circle}/manage/collections/{collection_id}/entries/{post_id}", EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/entries/{post_id}", EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/entries/{post_id}/move", EDITING),
    Row("POST /c/{circle}/manage/collections/{collection_id}/entries/{post_id}/remove", EDITING),
    Row("GET /c/{circle}/manage/collections/suggestions",          EDITING),
    Row("POST /c/{circle}/manage/collections/suggestions/{suggestion_id}/accept", EDITING),
    Row("POST /c/{circle}/manage/collections/suggestions/{suggestion_id}/decline", EDITING),
    Row("GET /c/{circle}/manage/insights",                         COUNTING),
    Row("GET /c/{circle}/manage/insights/export",                  COUNTING),
    Row("GET /c/{circle}/manage/services",                         COUNTING),
    Row("GET /c/{circle}/manage/services/new",                     SERVING),
    Row("POST /c/{circle}/manage/services/new",                    SERVING),
    Row("GET /c/{circle}/manage/services/{service_id}",            SERVING),
    Row("POST /c/{circle}/manage/services/{service_id}",           SERVING),
    Row("GET /c/{circle}/manage/services/{service_id}/form",       SERVING),
    Row("POST /c/{circle}/manage/services/{service_id}/form",      SERVING),
    Row("POST /c/{circle}/manage/services/{service_id}/show",      SERVING),
    Row("POST /c/{circle}/manage/services/{service_id}/end",       SERVING),
    Row("POST /c/{circle}/manage/services/{service_id}/move",      SERVING),
    Row("POST /c/{circle}/manage/services/{service_id}/delete",    SERVING),
    Row("GET /c/{circle}/manage/services/requests",                SERVING),
    Row("POST /c/{circle}/manage/services/requests/export",        SERVING),
    Row("GET /c/{circle}/manage/services/requests/{service_request_id}", SERVING),
    Row("POST /c/{circle}/manage/services/requests/{service_request_id}", SERVING),
    Row("GET /partners/{partner}/manage/requests",                 SERVING),
    Row("GET /partners/{partner}/manage/insights",                 COUNTING),
    Row("GET /partners/{partner}/manage/insights/export",          COUNTING),
    Row("POST /partners/{partner}/manage/insights/letter",         OWNER_ONLY),
    Row("GET /c/{circle}/manage/staff",                            DESK),
    Row("POST /c/{circle}/manage/staff/invite",                    RULES),
    Row("POST /c/{circle}/manage/staff/invitations/{invitation_id}/end", RULES),
    Row("POST /c/{circle}/manage/staff/{member_id}/role",          RULES),
    Row("POST /c/{circle}/manage/staff/{member_id}/remove",        RULES),
    Row("POST /c/{circle}/manage/staff/leave",                     STAFF_ONLY),
    Row("GET /c/{circle}/manage/staff/hand-over",                  OWNER_ONLY),
    Row("POST /c/{circle}/manage/staff/hand-over",                 OWNER_ONLY),
    Row("GET /partners/{partner}/manage",                          RULES),
    Row("POST /partners/{partner}/manage",                         RULES),
    Row("GET /partners/{partner}/apply/circle",                    OWNER_ONLY),
    Row("POST /partners/{partner}/apply/circle",                   OWNER_ONLY),
    # ── being invited, and applying ──
    Row("GET /join/{token}",                            {"good": "y y yyyy y yy",
                                                         "over": "- - ---- - --"}),
    Row("POST /join/{token}",                           {"good": "s y yyyy y yy",
                                                         "over": "s - ---- - --"}),
    Row("GET /apply/partner",                                      MEMBERS),
    Row("POST /apply/partner",                                     MEMBERS),
    Row("GET /me/applications",                                    MEMBERS),
    Row("POST /me/applications/{application_id}/withdraw", {"own": "s y yyyy y yy",
                                                        "another": "s - ---- - nn"}),
    Row("GET /applications/{application_id}/cover/{size}", {"own": "s y yyyy y yy",
                                                        "another": "s - ---- - yy"}),
    # ── the platform ──
    Row("GET /admin/applications",                                 PLATFORM),
    Row("GET /admin/applications/{application_id}",        {"own": "s - ---- - yy",
                                                        "another": "s - ---- - yy"}),
    Row("POST /admin/applications/{application_id}/approve", {"own": "s - ---- - nn",
                                                        "another": "s - ---- - yy"}),
    Row("POST /admin/applications/{application_id}/refuse", {"own": "s - ---- - nn",
                                                        "another": "s - ---- - yy"}),
    Row("GET /admin/verifications",                                ADMINS),
    Row("GET /admin/verifications/{request_id}",           {"own": "s - ---- - -y",
                                                        "another": "s - ---- - -y"}),
    Row("POST /admin/verifications/{request_id}/look",     {"own": "s - ---- - -y",
                                                        "another": "s - ---- - -y"}),
    Row("POST /admin/verifications/{request_id}",          {"own": "s - ---- - -y",
                                                        "another": "s - ---- - -y"}),
    Row("GET /admin/credit",                                       ADMINS),
    Row("POST /admin/credit",                                      ADMINS),
    Row("GET /admin/credit/pairs",                                 ADMINS),
    Row("GET /admin/credit/appeals",                               ADMINS),
    Row("GET /admin/credit/appeals/{appeal_id}",           {"own": "s - ---- - -y",
                                                        "another": "s - ---- - -y"}),
    Row("POST /admin/credit/appeals/{appeal_id}",          {"own": "s - ---- - -y",
                                                        "another": "s - ---- - -y"}),
    Row("GET /review",                                             PLATFORM),
    Row("POST /review/next",                                       PLATFORM),
    Row("GET /review/appeals",                                     PLATFORM),
    Row("GET /admin/screening",                                    PLATFORM),
    Row("POST /admin/screening",                                   PLATFORM),
    Row("GET /admin/screening/lists",                              PLATFORM),
    Row("POST /admin/screening/lists",                             PLATFORM),
    Row("GET /admin/screening/lists.csv",                          PLATFORM),
    Row("GET /admin/screening/lists/{category}",                   PLATFORM),
    Row("POST /admin/screening/lists/{category}",                  PLATFORM),
    Row("GET /admin/log",                                          ADMINS),
    # ── people ──
    Row("GET /m/{handle}",                                 {"own": "y y yyyy y yy",
                                                        "another": "y y yyyy y yy",
                                                           "gone": "- - ---- - --"}),
    Row("GET /m/{handle}/followers",                       {"own": "y y yyyy y yy",
                                                        "another": "y y yyyy y yy",
                                                           "gone": "- - ---- - --"}),
    Row("GET /m/{handle}/following",                       {"own": "y y yyyy y yy",
                                                        "another": "y y yyyy y yy",
                                                           "gone": "- - ---- - --"}),
    Row("POST /m/{handle}/follow",                     {"another": "s y yyyy y yy",
                                                           "gone": "s - ---- - --"}),
    # Whom one followed before they went, one can let go.
    Row("POST /m/{handle}/unfollow",                   {"another": "s y yyyy y yy",
                                                           "gone": "s y yyyy y yy"}),
    Row("GET /people",                                             MEMBERS),
    Row("POST /people/{handle}/dismiss",               {"another": "s y yyyy y yy",
                                                           "gone": "s - ---- - --"}),
    Row("POST /people/settings",                                   MEMBERS),
    # ── oneself ──
    Row("GET /me/notices",                                         MEMBERS),
    Row("POST /me/notices/seen",                                   MEMBERS),
    Row("POST /me/notices/read",                                   MEMBERS),
    Row("GET /me/settings",                                        MEMBERS),
    Row("POST /me/settings",                                       MEMBERS),
    Row("GET /me/settings/account",                                MEMBERS),
    Row("POST /me/settings/address",                               MEMBERS),
    Row("POST /me/settings/address/forget",                        MEMBERS),
    Row("POST /me/settings/password",                              MEMBERS),
    Row("GET /me/settings/notices",                                MEMBERS),
    Row("POST /me/settings/notices",                               MEMBERS),
    Row("GET /sw.js",                                              EVERYBODY),
    # Without a browser's keys there is nothing to do: 422.
    Row("POST /me/push",                                           MEMBERS),
    Row("POST /me/push/end",                                       MEMBERS),
    Row("GET /confirm/{token}",                         {"over": "- - ---- - --"}),
    Row("POST /confirm/{token}",                        {"over": "- - ---- - --"}),
    Row("GET /unsubscribe/{token}",                     {"over": "- - ---- - --"}),
    Row("POST /unsubscribe/{token}",                    {"over": "- - ---- - --"}),
    Row("GET /unsubscribe/insights/{token}",            {"over": "- - ---- - --"}),
    Row("POST /unsubscribe/insights/{token}",           {"over": "- - ---- - --"}),
    # Without a provider there is none of this.
    Row("GET /signin/openid",                                  {"": "- - ---- - --"}),
    Row("GET /signin/openid/back",                             {"": "- - ---- - --"}),
    Row("POST /signin/openid/go-on",                           {"": "- - ---- - --"}),
    Row("POST /me/verification/openid",                            MEMBERS),
    Row("POST /me/verification/openid/unlink",                     MEMBERS),
    Row("GET /me/verification",                                    MEMBERS),
    Row("POST /me/verification",                                   MEMBERS),
    Row("POST /me/verification/withdraw",                          MEMBERS),
    Row("GET /me/credit",                                          MEMBERS),
    Row("POST /me/credit/band",                                    MEMBERS),
    Row("GET /me/credit/{entry_id}/appeal",                {"own": "s y yyyy y yy",
                                                        "another": "s - ---- - --"}),
    Row("POST /me/credit/{entry_id}/appeal",               {"own": "s y yyyy y yy",
                                                        "another": "s - ---- - --"}),
    Row("GET /me/appeals",                                         MEMBERS),
    Row("GET /me/decisions",                                       MEMBERS),
    Row("GET /me/decisions/{decision_id}",                 {"own": "s y yyyy y yy",
                                                        "another": "s - ---- - --"}),
    Row("POST /me/decisions/{decision_id}",                {"own": "s y yyyy y yy",
                                                        "another": "s - ---- - --"}),
    Row("GET /me/data",                                            MEMBERS),
    Row("GET /me/data/progress",                                   MEMBERS),
    Row("POST /me/data/export",                                    MEMBERS),
    Row("GET /me/data/exports/{export_id}",            {"another": "s - ---- - --"}),
    Row("GET /me/data/erase",                                      MEMBERS),
    Row("POST /me/data/erase",                                     MEMBERS),
    Row("GET /left",                                               EVERYBODY),
    # Only with the answer to a sign-in that was asked whether to stay.
    Row("POST /signin/keep",                                   {"": "- - ---- - --"}),
    # Only with the proof of a sign-in that was right, and kept out.
    Row("POST /signin/appeal",                                 {"": "- - ---- - --"}),
    Row("GET /me/circles",                                         MEMBERS),
    Row("POST /me/circles/read",                                   MEMBERS),
    Row("GET /me/sessions",                                        MEMBERS),
    # Somebody else's session is not touched, and not told from one that is over.
    Row("POST /me/sessions/{session}/end",                 {"own": "s y yyyy y yy",
                                                        "another": "s y yyyy y yy"}),
    Row("POST /me/sessions/end-others",                            MEMBERS),
    Row("POST /signout",                                           MEMBERS),
    Row("GET /signin",                                             EVERYBODY),
    Row("POST /signin",                                            EVERYBODY),
    Row("GET /terms",                                              EVERYBODY),
    Row("GET /privacy",                                            EVERYBODY),
    Row("GET /signup",                                             EVERYBODY),
    Row("POST /signup",                                            EVERYBODY),
    # ── notices to fans ──
    Row("GET /c/{circle}/manage/notices",                          SERVING),
    Row("GET /c/{circle}/manage/notices/new",                      SERVING),
    Row("POST /c/{circle}/manage/notices/new",                     SERVING),
    Row("GET /c/{circle}/manage/notices/{circle_notice_id}",       SERVING),
    Row("POST /c/{circle}/manage/notices/{circle_notice_id}",      SERVING),
    Row("POST /c/{circle}/manage/notices/{circle_notice_id}/test", SERVING),
    Row("POST /c/{circle}/manage/notices/{circle_notice_id}/send", SERVING),
    Row("POST /c/{circle}/manage/notices/{circle_notice_id}/stop", SERVING),
    Row("POST /c/{circle}/manage/notices/{circle_notice_id}/approve", AGREEING),
    Row("POST /c/{circle}/manage/notices/{circle_notice_id}/decline", AGREEING),
    # Of who was sent it; nobody here was, so it is only for who would send it.
    Row("GET /c/{circle}/notices/{circle_notice_id}",              SERVING),
    Row("POST /c/{circle}/notices/mute",                           JOINING),
    Row("POST /c/{circle}/notices/unmute",                         JOINING),
    # ── programs ──
    Row("GET /me/keys",                                            MEMBERS),
    Row("POST /me/keys",                                           MEMBERS),
    # Somebody else's is not touched, and not told from one that has ended.
    Row("POST /me/keys/{key_id}/end",                      {"own": "s y yyyy y yy",
                                                        "another": "s y yyyy y yy"}),
    Row("GET /c/{circle}/feed.atom",                               FEED),
    Row("GET /c/{circle}/feed.json",                               FEED),
    Row("GET /embed/c/{circle}",                                   FEED),
    Row("GET /embed/c/{circle}/p/{post_id}",                       FEED),
    Row("GET /c/{circle}/card.jpg",                                FEED),
    Row("GET /c/{circle}/p/{post_id}/card.jpg",                    FEED),
    Row("GET /oembed",                                {"": "- - ---- - --"}),
    Row("GET /developers",                                         EVERYBODY),
    Row("GET /api/v1/openapi.json",                                EVERYBODY),
    Row("GET /api/v1/me",                                          MEMBERS),
    Row("GET /api/v1/circles",                                     MEMBERS),
    Row("GET /api/v1/circles/{circle}",                            KEY_FRONT),
    Row("PUT /api/v1/circles/{circle}/follow",                     KEY_FRONT),
    Row("DELETE /api/v1/circles/{circle}/follow",                  KEY_FRONT),
    Row("GET /api/v1/circles/{circle}/posts",                      KEY_READ),
    Row("POST /api/v1/circles/{circle}/posts",                     KEY_READ),
    Row("GET /api/v1/circles/{circle}/posts/{post_id}",            KEY_READ),
    Row("PATCH /api/v1/circles/{circle}/posts/{post_id}",          KEY_EDITOR),
    Row("DELETE /api/v1/circles/{circle}/posts/{post_id}",         KEY_EDITOR),
    Row("GET /api/v1/circles/{circle}/pins",                       KEY_READ),
    Row("PUT /api/v1/circles/{circle}/posts/{post_id}/pin",        KEY_EDITOR),
    Row("DELETE /api/v1/circles/{circle}/posts/{post_id}/pin",     KEY_EDITOR),
    Row("PUT /api/v1/circles/{circle}/posts/{post_id}/digest",     KEY_EDITOR),
    Row("DELETE /api/v1/circles/{circle}/posts/{post_id}/digest",  KEY_EDITOR),
    Row("GET /api/v1/circles/{circle}/collections",                KEY_READ),
    Row("GET /api/v1/circles/{circle}/collections/{collection_id}", KEY_READ),
    Row("GET /api/v1/circles/{circle}/posts/{post_id}/comments",   KEY_READ),
    Row("POST /api/v1/circles/{circle}/posts/{post_id}/comments",  KEY_READ),
    Row("GET /api/v1/circles/{circle}/posts/{post_id}/comments/{comment_id}", KEY_READ),
    # One's own; about others' words people decide, on pages.
    Row("DELETE /api/v1/circles/{circle}/posts/{post_id}/comments/{comment_id}",
                                                          circles("s n nnnn n nn",
                                                                  "s - nnnn - --",
                                                                  "s n nnnn n nn")),
    Row("PUT /api/v1/circles/{circle}/posts/{post_id}/like",       KEY_READ),
    Row("DELETE /api/v1/circles/{circle}/posts/{post_id}/like",    KEY_READ),
    Row("POST /api/v1/circles/{circle}/posts/{post_id}/reports",   KEY_READ),
    Row("GET /api/v1/circles/{circle}/events",                     KEY_READ),
    # ── the house itself ──
    Row("GET /assets/{digest}/{path}",                             EVERYBODY),
    Row("GET /healthz",                                            EVERYBODY),
    Row("GET /readyz",                                             EVERYBODY),
    Row("GET /metrics",                                            EVERYBODY),
)
# fmt: on
