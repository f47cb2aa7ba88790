"""Every column that names a member, and the two decisions that each needs.

A new one makes `tests/house/test_personal_data.py` fail until it stands here: with the part of the
export that carries it, or the reason why none does; and with what erasure does to its rows: those
that go are deleted by what stands here, in `burying.py`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a row when the member it names is erased."""

    GONE = "the row is deleted"
    STONE = "the row stays as a stone without words, so that what others said keeps its place"
    TOMB = "the row stays with another handle and no name, for what refers to it"
    STAYS = "the number stays, and leads to that tombstone"


@dataclass(frozen=True, slots=True)
class Decision:
    """`part`: its name in `parts.PARTS`; without one, `why_not` says why none is needed."""

    fate: Fate
    part: str = ""
    why_not: str = ""


REGISTER = {
    "member.id": Decision(Fate.TOMB, "profile"),
    "audit_entry.member_id": Decision(Fate.STAYS, "decisions"),
    "audit_entry.actor_id": Decision(Fate.STAYS, why_not="what they did is exported itself"),
    "credential.member_id": Decision(
        Fate.GONE, why_not="a hash of the password, of use to thieves"
    ),
    "screening_picture.decided_by": Decision(Fate.STAYS, why_not="a deed of the platform's"),
    "push_subscription.member_id": Decision(Fate.GONE, "push"),
    "session.member_id": Decision(Fate.GONE, "sessions"),
    "access_key.member_id": Decision(Fate.GONE, "keys"),
    "oauth_app.member_id": Decision(Fate.GONE, "apps"),
    "oauth_grant.member_id": Decision(Fate.GONE, "apps-allowed"),
    "webhook.member_id": Decision(Fate.GONE, "webhooks"),
    "circle_notice.author_id": Decision(Fate.STAYS, "notices-written"),
    "circle_notice_sent.member_id": Decision(Fate.GONE, "notices-sent"),
    "circle_newcomer.member_id": Decision(
        Fate.GONE, why_not="waits for seconds; whom they follow is exported itself"
    ),
    "circle_notice_mute.member_id": Decision(Fate.GONE, "notices-muted"),
    "leaving.member_id": Decision(Fate.GONE, why_not="who is leaving cannot ask for anything"),
    "member_search.member_id": Decision(
        Fate.GONE, why_not="their name and handle, which are exported, cut into words"
    ),
    "circle_event.actor_id": Decision(
        Fate.STAYS, why_not="the order of posts and comments, which are exported themselves"
    ),
    "once.actor_id": Decision(Fate.GONE, why_not="keys of forms, made by chance"),
    "concern.member_id": Decision(Fate.GONE, why_not="goes as soon as it has been told"),
    "concern.actor_id": Decision(Fate.GONE, why_not="goes as soon as it has been told"),
    "openid_link.member_id": Decision(Fate.GONE, "sign-in"),
    "consent.member_id": Decision(Fate.GONE, "consent"),
    "verification_request.member_id": Decision(Fate.GONE, "verification-requests"),
    "verification_request.decided_by": Decision(Fate.STAYS, why_not="a deed of the platform's"),
    "verified.member_id": Decision(Fate.GONE, "verification"),
    "sealed_look.member_id": Decision(Fate.GONE, "verification-looks"),
    "sealed_look.looker_id": Decision(Fate.STAYS, why_not="a deed of the platform's"),
    "screening_list.made_by": Decision(Fate.STAYS, why_not="a deed of the platform's"),
    "screening_print.member_id": Decision(
        Fate.GONE, why_not="how alike their texts are, which are exported; goes after a week"
    ),
    "credit_account.member_id": Decision(Fate.GONE, "credit"),
    "credit_entry.member_id": Decision(Fate.GONE, "credit-entries"),
    "credit_rule_set.made_by": Decision(Fate.STAYS, why_not="a deed of the platform's"),
    "credit_pair.author_id": Decision(
        Fate.GONE, why_not="their likes, which are exported, counted"
    ),
    "credit_pair.liker_id": Decision(Fate.GONE, why_not="their likes, which are exported, counted"),
    "credit_appeal.member_id": Decision(Fate.GONE, "credit-appeals"),
    "credit_appeal.decided_by": Decision(Fate.STAYS, why_not="a deed of the platform's"),
    "staff.member_id": Decision(Fate.GONE, "staff"),
    "invitation.invited_by": Decision(
        Fate.STAYS, why_not="an invitation belongs to the partner, and ends with a week"
    ),
    "invitation.used_by": Decision(Fate.STAYS, why_not="the role it led to is exported"),
    "application.applicant_id": Decision(Fate.GONE, "applications"),
    "application.decided_by": Decision(Fate.STAYS, why_not="a deed of the platform's"),
    "follow.member_id": Decision(Fate.GONE, "circles"),
    "active_day.member_id": Decision(Fate.GONE, "active-days"),
    "insight_letter.member_id": Decision(Fate.GONE, "insight-letters"),
    "post.author_id": Decision(Fate.STONE, "posts"),
    "post.removed_by": Decision(Fate.STAYS, why_not="a deed on somebody else's post"),
    "plan.planned_by": Decision(Fate.STAYS, "plans"),
    "plan_digest.planned_by": Decision(Fate.STAYS, "planned-digests"),
    "plan_series.author_id": Decision(Fate.STAYS, "series"),
    "post_template.made_by": Decision(
        Fate.STAYS, why_not="a text that belongs to the circle, like its rules"
    ),
    "unsent.member_id": Decision(Fate.GONE, "unsent"),
    "plan.approved_by": Decision(Fate.STAYS, why_not="a deed on somebody else's post"),
    "comment.author_id": Decision(Fate.STONE, "comments"),
    "comment.removed_by": Decision(Fate.STAYS, why_not="a deed on somebody else's comment"),
    "liking.member_id": Decision(Fate.GONE, "likes"),
    "withheld.author_id": Decision(Fate.GONE, "withheld"),
    "held_edit.editor_id": Decision(Fate.GONE, "held-edits"),
    "post_import.member_id": Decision(Fate.GONE, "imports"),
    "ban.member_id": Decision(Fate.GONE, "bans"),
    "ban.given_by": Decision(Fate.STAYS, why_not="a deed on somebody else"),
    "screening_policy.made_by": Decision(Fate.STAYS, why_not="a deed of the platform's"),
    "screening_verdict.author_id": Decision(Fate.GONE, "verdicts"),
    "review_case.author_id": Decision(
        Fate.GONE, why_not="that somebody should look; what they decided is exported"
    ),
    "review_case.claimed_by": Decision(Fate.STAYS, why_not="a deed on somebody else's words"),
    "report.reporter_id": Decision(Fate.GONE, "reports"),
    "decision.author_id": Decision(Fate.GONE, "rulings"),
    "decision.decided_by": Decision(Fate.STAYS, why_not="a deed on somebody else's words"),
    "decision.second_by": Decision(Fate.STAYS, why_not="a deed on somebody else's words"),
    "decision_appeal.member_id": Decision(Fate.GONE, "appeals"),
    "decision_appeal.decided_by": Decision(Fate.STAYS, why_not="a deed on somebody else's words"),
    "mention.member_id": Decision(Fate.GONE, "mentions"),
    "collection.made_by": Decision(Fate.STAYS, "collections"),
    "collection_entry.added_by": Decision(Fate.STAYS, "collected"),
    "collection_suggestion.member_id": Decision(Fate.GONE, "suggested"),
    "collection_suggestion.decided_by": Decision(
        Fate.STAYS, why_not="a deed on somebody else's suggestion"
    ),
    "digested.chosen_by": Decision(Fate.STAYS, "digested"),
    "pin.pinned_by": Decision(Fate.STAYS, "pins"),
    "service_request.member_id": Decision(Fate.STONE, "service-requests"),
    "service_request.decided_by": Decision(Fate.STAYS, why_not="a deed on somebody else's request"),
    "fan_tagged.member_id": Decision(Fate.GONE, "fan-tags"),
    "check_in.member_id": Decision(Fate.GONE, "check-ins"),
    "fan_standing.member_id": Decision(Fate.GONE, "fan-levels"),
    "member_follow.follower_id": Decision(Fate.GONE, "following"),
    "member_follow.member_id": Decision(Fate.GONE, "followers"),
    "member_figure.member_id": Decision(Fate.GONE, why_not="how many follow, which are exported"),
    "dismissal.member_id": Decision(Fate.GONE, "not-interested"),
    "dismissal.dismissed_id": Decision(Fate.GONE, why_not="what others do not want to see"),
    "people_setting.member_id": Decision(Fate.GONE, "people-settings"),
    "mailbox.member_id": Decision(Fate.GONE, "mailbox"),
    "mailbox_wish.member_id": Decision(Fate.GONE, why_not="an address that waits a day"),
    "letter.member_id": Decision(Fate.GONE, why_not="its words go with it, once it has gone"),
    "notice.member_id": Decision(Fate.GONE, "notices"),
    "notice.actor_ids": Decision(Fate.STAYS, why_not="what they did is exported itself"),
    "preference.member_id": Decision(Fate.GONE, "notice-preferences"),
    "digest.member_id": Decision(Fate.GONE, "digest"),
    "data_export.member_id": Decision(Fate.GONE, why_not="the export itself"),
}
