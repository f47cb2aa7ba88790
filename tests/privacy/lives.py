"""A member who has done everything that there is to do here."""

import uuid
from dataclasses import replace

from quanzi.audit import writing as audit
from quanzi.circles import banning
from quanzi.circles import following as circles
from quanzi.collections import collecting
from quanzi.credit import ledger, rulebook
from quanzi.credit.ledger import Cause
from quanzi.curation import digesting, pinning
from quanzi.db.engine import rows
from quanzi.identity import consenting, mailbox, searching
from quanzi.importing import taking_in
from quanzi.moderation import deciding, reporting, ruling
from quanzi.notifications import digest, preferences
from quanzi.people import choosing, following, suggesting
from quanzi.people.choosing import Choices
from quanzi.platform import keys
from quanzi.posts import commenting, liking, pictures, reusing, unsent, writing
from quanzi.posts.drafts import Draft
from quanzi.push import subscribing
from quanzi.reaching import muting
from quanzi.screening import hashes, lists, prints
from quanzi.screening.book import starter
from quanzi.verification import settling
from quanzi.verification.settling import Proof
from tests.credit.first import FIRST
from tests.platform.dance import app_of, tokens_for
from tests.push.pushes import Chrome


async def has_a_life(cast, person, other):
    """Every part of an export has something in it afterwards. Answers their post."""
    written = await person.posts("我的帖子 #夜跑#")
    await searching.write(person.member_id, person.handle, "小鸟")
    await _works_and_applies(person, other)
    await commented(person, written.post_id, "我的评论")
    theirs = await other.posts(f"一起跑吗 @{person.handle}")
    await commented(person, theirs.post_id, "一起")
    await liking.like(await person.place(), theirs.post_id)
    await circles.follow(await person.place())
    await rows(
        "insert into active_day values ($1, current_date, $2)",
        (await person.place()).circle.id,
        person.member_id,
    )
    await rows(
        """insert into insight_letter (member_id, partner_id, due_at)
           select $1, id, now() + interval '5 days' from partner where slug = 'joyrun'""",
        person.member_id,
    )
    await following.follow(person.viewer, other.handle)
    await following.follow(other.viewer, person.handle)
    await suggesting.dismiss(person.viewer, "maimai-owner")
    await suggesting.dismiss(other.viewer, person.handle)
    await choosing.choose(person.viewer, Choices())
    await rows(
        """insert into staff (partner_id, member_id, role)
           select id, $1, 'editor' from partner where slug = 'joyrun' on conflict do nothing""",
        person.member_id,
    )
    await _is_a_fan(person)
    await _brought_a_file(person)
    await has_credit(person, other)
    await _asks_for_a_service(person, other)
    await was_judged(person, other)
    await was_moderated(cast, person, other)
    await has_been_screened(person)
    await has_a_phone(person)
    await keys.make(person.viewer, "我的程序", ["circles:read"], 90)
    await tokens_for(await app_of(person, cast.url), person)
    await _has_a_webhook(cast, person)
    await _was_sent_a_notice(cast, person)
    await _has_just_come(cast, person)
    await pinning.pin(await person.place(), theirs.post_id)
    await digesting.digest(await person.place(), theirs.post_id)
    await _collects_and_suggests(cast, person, other, theirs.post_id)
    await _plans(cast, person, theirs.post_id)
    await _has_letters_and_notices(person, other)
    return written


async def _has_a_webhook(cast, person) -> None:
    """From when they were an owner; with something that it was sent."""
    [made] = await rows(
        """insert into webhook (circle_id, member_id, url, secret, state, epoch, seq)
           values ($1, $2, 'https://hook.example/', 'secret', 'paused', '', 0) returning id""",
        cast.circle_id,
        person.member_id,
    )
    await rows(
        """insert into webhook_delivery (circle_id, webhook_id, message, op, body)
           values ($1, $2, 'evt', 'post.published', '{}')""",
        cast.circle_id,
        made["id"],
    )


async def _has_just_come(cast, person) -> None:
    """And is not greeted yet."""
    await rows(
        "insert into circle_newcomer (circle_id, member_id) values ($1, $2)",
        cast.circle_id,
        person.member_id,
    )


async def _was_sent_a_notice(cast, person) -> None:
    """One of their own, which they were sent as well; and they want no more."""
    [made] = await rows(
        """insert into circle_notice (circle_id, author_id, title, body, state)
           values ($1, $2, '约跑', '七点', 'sent') returning id""",
        cast.circle_id,
        person.member_id,
    )
    await rows(
        "insert into circle_notice_sent (circle_id, notice_id, member_id) values ($1, $2, $3)",
        cast.circle_id,
        made["id"],
        person.member_id,
    )
    await muting.mute(await person.place())


async def _plans(cast, person, post_id: int) -> None:
    """A draft of theirs, and somebody else's post that they agreed to; a series that is over, a text to
    use again, words not sent yet, and when a post is to be held up.
    """
    place = await person.place()
    await writing.publish(place, Draft("还没写完", kept=True))
    await rows(
        """insert into plan (circle_id, post_id, planned_by, approved_by) values ($1, $2, $3, $3)
           on conflict (circle_id, post_id) do update set approved_by = excluded.approved_by""",
        cast.circle_id,
        post_id,
        person.member_id,
    )
    await rows(
        """insert into plan_series (circle_id, author_id, body, every, minute, first_day, state)
           values ($1, $2, '每天', 'day', 0, '2026-01-01', 'ended')""",
        cast.circle_id,
        person.member_id,
    )
    await rows(
        """insert into plan_digest (circle_id, post_id, at, planned_by)
           values ($1, $2, now() + interval '30 days', $3)""",
        cast.circle_id,
        post_id,
        person.member_id,
    )
    await reusing.save(place, "通知", "本周约跑", "")
    await unsent.keep(place, "写到一半", "", "")


async def _collects_and_suggests(cast, person, other, post_id: int) -> None:
    """A collection of theirs with a post in it; what they would put in, and what they decided about."""
    place = await person.place()
    collection_id = await collecting.add_to_new(place, "合集", post_id, uuid.uuid4())
    for one, decider in ((person, other), (other, person)):
        await rows(
            """insert into collection_suggestion (circle_id, collection_id, post_id, member_id, reason,
                                                  state, decided_by)
               values ($1, $2, $3, $4, '好看', 'declined', $5)""",
            cast.circle_id,
            collection_id,
            post_id,
            one.member_id,
            decider.member_id,
        )


async def _is_a_fan(person) -> None:
    """Somebody put a tag on them, and they have checked in."""
    await rows(
        """with made as (insert into fan_tag (circle_id, name)
                         select circle_id, '常客' from follow where member_id = $1
                         returning circle_id, id)
           insert into fan_tagged (circle_id, tag_id, member_id) select circle_id, id, $1 from made""",
        person.member_id,
    )
    await rows(
        """insert into check_in (circle_id, member_id, day)
           select circle_id, $1, '2026-11-20' from follow where member_id = $1""",
        person.member_id,
    )
    await rows(
        """insert into fan_standing (circle_id, member_id, last_day)
           select circle_id, $1, '2026-11-20' from follow where member_id = $1""",
        person.member_id,
    )


async def _brought_a_file(person) -> None:
    place = await person.place()
    await taking_in.take_in(place, "posts.csv", "body\n我的旧文\n".encode(), None, "zh-Hans")


async def was_verified(person, other) -> None:
    """By documents that somebody looked at; and as somebody of the platform they looked, too."""
    await consenting.agree(person.member_id, consenting.IDENTITY, consenting.VERSION)
    for one, decider in ((person, other), (other, person)):
        await rows(
            """insert into verification_request (member_id, kind, fingerprint, masked, state,
                                                 decided_by)
               values ($1, 'passport', sha256('x'), 'E*1', 'refused', $2)""",
            one.member_id,
            decider.member_id,
        )
        await rows(
            "insert into sealed_look (member_id, looker_id, why) values ($1, $2, '核对')",
            one.member_id,
            decider.member_id,
        )
    await rows(
        "insert into openid_link (issuer, subject, member_id) values ('https://id.example', 'x', $1)",
        person.member_id,
    )
    await settling.settle(person.member_id, Proof("documents", masked="E*1"), other.member_id)


async def was_judged(person, other, words: str = "广告") -> None:
    """Something was decided about them; and as somebody of the platform they decided, too."""
    for one, decider in ((person, other), (other, person)):
        await audit.write(
            "case.decided",
            actor_id=decider.member_id,
            member_id=one.member_id,
            detail={"reason": words, "note": "只给同事看"},
        )


async def was_moderated(cast, person, other) -> None:
    """They reported, were reported, muted and appealed; as a reviewer they decided, claimed and
    looked twice. Something of theirs waits, and something can still be put back.
    """
    for one, judge in ((person, other), (other, person)):
        taken = await one.posts("被移除的帖子")
        place = await judge.place()
        # Who has reported something does not decide about it.
        reported = await one.posts("被举报的帖子")
        await reporting.report(place, reported.post_id, 0, category="other", note="看看")
        decided = await _decided(one, judge, taken.post_id)
        await rows(
            """insert into decision_appeal (circle_id, decision_id, member_id, words, decided_by)
               values ($1, $2, $3, '冤枉', $4)""",
            cast.circle_id,
            decided,
            one.member_id,
            judge.member_id,
        )
        await banning.ban(one.member_id, 0, "mute", ruling.FOR_GOOD, reason="x", by=judge.member_id)
        await banning.lift(one.member_id, 0, "mute")
        await rows(
            """insert into screening_verdict (kind, circle_id, author_id, action, category, score)
               values ('post', $1, $2, 'limit', 'other', 45)""",
            cast.circle_id,
            one.member_id,
        )
        edited = await one.posts("要改的帖子")
        await rows(
            "insert into held_edit (circle_id, post_id, editor_id, version, body) values ($1, $2, $3, 1, 'x')",
            cast.circle_id,
            edited.post_id,
            one.member_id,
        )
    await hashes.remember(7, "other", person.member_id)
    await rows(
        "insert into screening_policy (circle_id, version, policy, made_by) values ($1, 1, '{}', $2)",
        cast.other_id,
        person.member_id,
    )


async def _decided(one, judge, post_id: int) -> int:
    """As the platform would, since both work for the partner here. Answers the decision."""
    place = replace(await judge.place(), viewer=replace(judge.viewer, platform_role="moderator"))
    ruled = ruling.read(
        place, category="other", action="remove", measure="mute", days="1", credit=True, reason="x"
    )
    decision_id = await deciding.at_once(place, post_id, 0, ruled)
    await rows(
        """update review_case set claimed_by = $2 where author_id = $1""",
        one.member_id,
        judge.member_id,
    )
    await rows("update decision set second_by = $2 where id = $1", decision_id, judge.member_id)
    await banning.lift(one.member_id, place.circle.id, "mute")
    return decision_id


async def has_a_phone(person) -> None:
    chrome = Chrome()
    await subscribing.subscribe(
        person.member_id,
        person.viewer.session,
        chrome.browser("https://push.example/phone"),
        "Chrome",
    )


async def has_credit(person, other) -> None:
    """A verified name, a decision against them with an appeal, and likes that counted."""
    await was_verified(person, other)
    await ledger.enter(person.member_id, "decision", Cause("case", 0, 1), detail="other")
    await rows(
        """insert into credit_appeal (entry_id, member_id, words)
           select max(id), $1, '冤枉' from credit_entry where member_id = $1""",
        person.member_id,
    )
    # As somebody of the platform they decide, too.
    await ledger.enter(other.member_id, "decision", Cause("case", 0, 2), detail="other")
    await rows(
        """insert into credit_appeal (entry_id, member_id, words, decided_by)
           select max(id), $2, '冤枉', $1 from credit_entry where member_id = $2""",
        person.member_id,
        other.member_id,
    )
    await rulebook.put_in_force(FIRST, after=1, note="照旧", by=person.member_id)
    await rows(
        """insert into credit_pair (author_id, liker_id, month, n)
           values ($1, $2, '2026-11-01', 1), ($2, $1, '2026-11-01', 1)""",
        person.member_id,
        other.member_id,
    )


async def has_been_screened(person) -> None:
    """A print of what they wrote; as somebody of the platform they edited the words."""
    await prints.keep(
        "今晚七点海心沙见，跑完一起去吃宵夜，新人可以跟着慢组一起跑", person.member_id
    )
    await lists.put_in_force(starter(), after=0, note="照旧", by=person.member_id, anyway=True)


async def commented(person, post_id: int, body: str) -> int:
    said = await commenting.comment(await person.place(), post_id, body, key=uuid.uuid4())
    return said.comment_id


async def pictured(cast, post_id: int) -> str:
    """A picture of this post, in the store in all sizes; its name."""
    name = uuid.uuid4().hex
    folder = pictures.store().root
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{name}.taken"
    file.write_bytes(b"webp")
    for size in ("s", "m", "l"):
        pictures.store().put(name, size, file)
    file.unlink()
    await rows(
        "insert into image values ($1, $2, $3, 0, 10, 10, '#ffffff')", cast.circle_id, name, post_id
    )
    return name


async def _works_and_applies(person, other) -> None:
    """An application of theirs, one that they decided on, and an invitation that they used."""
    for asks, decides in ((person, other), (other, person)):
        await rows(
            """insert into application (kind, applicant_id, slug, name, partner_kind, intro,
                                        contact, state, reason, decided_by, decided_at)
               values ('partner', $1, 'wish-' || $1::bigint, '想做伙伴', 'merchant', '想', '话',
                       'refused', '再等等', $2, now())""",
            asks.member_id,
            decides.member_id,
        )
    await rows(
        """insert into invitation (partner_id, token_hash, role, invited_by, used_by, used_at)
           select min(id), sha256($2::text::bytea), 'analyst', $1, $1, now() from partner""",
        person.member_id,
        person.handle,
    )


async def _asks_for_a_service(person, other) -> None:
    """For both: something asked, and answered by the other."""
    for asks, decides in ((person, other), (other, person)):
        await rows(
            """with made as (insert into service (circle_id, place, state, title)
                             select id, 1, 'shown', '陪跑' from circle where slug = 'night-run'
                             returning circle_id, id)
               insert into service_request (circle_id, service_id, member_id, state, answers, note,
                                            keeps_until, decided_by)
               select circle_id, id, $1, 'accepted', '[["电话", "phone", "1380000"]]', '好的',
                      now() + interval '90 days', $2 from made""",
            asks.member_id,
            decides.member_id,
        )


async def _has_letters_and_notices(person, other) -> None:
    """An address, another that waits, a letter, a digest, choices; news for both of them."""
    address = f"{person.handle}@example.org"
    await rows(
        "insert into mailbox (member_id, address) values ($1, $2)", person.member_id, address
    )
    await mailbox.wish(person.viewer, f"new-{address}", "en")
    await digest.choose(person.member_id, "daily", 20)
    await preferences.choose(person.member_id, {("like", "mail"): False})
    for member, actor in ((person, other), (other, person)):
        await rows(
            """insert into notice (member_id, kind, group_key, actor_ids, actors)
               values ($1, 'follow', 'follow:a-life', array[$2::bigint], 1)""",
            member.member_id,
            actor.member_id,
        )
