"""Letters go out once, are tried again when that may help, and are given up when it cannot."""

import asyncio

import pytest

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.mail import letters, posting, sending
from quanzi.mail.letters import Written
from quanzi.settings import MailServer, settings

HER = "xiaolan@example.org"


async def writes(key: str = "one", to: str = HER, **more: str) -> bool:
    written = Written("新消息 ✓", "你好，小兰", "<p>你好，小兰</p>")
    return await letters.write(key, 17, to, "zh-Hans", written, **more)


async def letter(key: str = "one"):
    found = await row("select * from letter where key = $1", key)
    assert found is not None
    return found


async def all_due() -> None:
    await rows("update letter set next_at = now() where state = 'waiting'")


async def test_a_letter_arrives_with_the_headers_mail_needs(receiver):
    await writes(unsubscribe="https://quanzi.example/unsubscribe/17-x")
    await sending.send_due()

    (mail,) = receiver.took
    assert mail["Subject"] == "新消息 ✓"
    assert mail["From"].addresses[0].addr_spec == "quanzi@quanzi.example"
    assert mail["To"] == HER
    assert mail["Message-ID"].endswith("@localhost>")
    assert mail["Date"].datetime is not None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-Hans"
    assert mail["List-Unsubscribe"] == "<https://quanzi.example/unsubscribe/17-x>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_body(("plain",)).get_content().strip() == "你好，小兰"
    assert "<p>你好，小兰</p>" in mail.get_body(("html",)).get_content()


async def test_what_must_be_told_cannot_be_unsubscribed(receiver):
    await writes()
    await sending.send_due()

    assert receiver.took[0]["List-Unsubscribe"] is None


async def test_a_sent_letter_is_kept_without_its_words(receiver):
    await writes()
    await sending.send_due()

    found = await letter()
    assert (found["state"], found["text"], found["html"]) == ("sent", "", "")


async def test_of_one_key_there_is_one_letter(receiver):
    assert [await writes(), await writes()] == [True, False]
    await sending.send_due()
    await sending.send_due()

    assert len(receiver.took) == 1


async def test_a_letter_of_a_deed_that_failed_is_never_sent(receiver):
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await writes()
            raise ZeroDivisionError
    await sending.send_due()

    assert receiver.took == []


async def test_many_processes_send_each_letter_once_and_over_few_lines(receiver):
    for n in range(50):
        await writes(f"{n}", f"member-{n}@example.org")
    while sum(await asyncio.gather(*(sending.send_due() for _ in range(3)))):
        pass

    assert sorted(mail["To"] for mail in receiver.took) == sorted(
        f"member-{n}@example.org" for n in range(50)
    )
    assert receiver.greeted < 10


@pytest.mark.parametrize("when", ["says", "says_at_end"])
async def test_not_now_is_tried_again_later_and_later(receiver, when):
    getattr(receiver, when)[HER] = "451 4.7.1 greylisted, try again"
    await writes()
    await sending.send_due()
    first = await letter()
    assert await sending.send_due() == 0
    assert (first["state"], first["tries"]) == ("waiting", 1)
    assert "451" in first["last_error"]
    await all_due()
    await sending.send_due()
    second = await letter()
    assert second["next_at"] - second["at"] > first["next_at"] - first["at"]
    getattr(receiver, when).clear()
    await all_due()
    await sending.send_due()

    assert (await letter())["state"] == "sent"
    assert len(receiver.took) == 1


@pytest.mark.parametrize("when", ["says", "says_at_end"])
async def test_never_is_given_up_and_holds_up_nobody(receiver, when):
    getattr(receiver, when)["gone@example.org"] = "550 5.1.1 no such mailbox"
    await writes("gone", "gone@example.org")
    await writes()
    await sending.send_due()

    assert (await letter("gone"))["state"] == "failed"
    assert (await letter())["state"] == "sent"


async def test_when_the_line_breaks_over_the_letter_it_is_not_sent_again(receiver):
    receiver.hangs_up_on = HER
    await writes()
    await sending.send_due()
    receiver.hangs_up_on = ""
    await sending.send_due()

    assert (await letter())["state"] == "unsure"
    assert receiver.took == []


async def test_killed_while_sending_it_is_not_sent_again_and_that_is_said(receiver, monkeypatch):
    async def killed(*_):
        raise asyncio.CancelledError

    monkeypatch.setattr(sending, "_send", killed)
    await writes()
    with pytest.raises(asyncio.CancelledError):
        await sending.send_due()
    assert (await letter())["state"] == "sending"
    assert await sending.send_due() == 0
    await rows("update letter set next_at = now() where state = 'sending'")
    await sending.send_due()

    found = await letter()
    assert (found["state"], found["text"]) == ("unsure", "")


async def test_after_many_tries_it_is_given_up(receiver):
    receiver.says[HER] = "451 busy"
    await writes()
    for _ in range(sending.MOST_TRIES):
        await all_due()
        await sending.send_due()

    assert (await letter())["state"] == "failed"


async def test_a_server_that_is_away_costs_no_letter(receiver, monkeypatch):
    nobody = MailServer("127.0.0.1", 9, "")
    with monkeypatch.context() as away:
        away.setattr(posting, "server", lambda: nobody)
        await writes()
        await writes("two", "aqiang@example.org")
        await sending.send_due()
    assert (await letter())["state"] == (await letter("two"))["state"] == "waiting"
    await all_due()
    await sending.send_due()

    assert len(receiver.took) == 2


async def test_a_server_without_starttls_gets_nothing_when_it_was_asked_for(receiver, monkeypatch):
    address = posting.server()
    strict = MailServer(address.host, address.port, "starttls")
    monkeypatch.setattr(posting, "server", lambda: strict)
    await writes()
    await sending.send_due()

    assert receiver.took == []
    assert (await letter())["state"] == "waiting"


async def test_nobody_can_write_headers_into_a_letter(receiver):
    written = Written("Hi\r\nBcc: all@example.org", "x", "x")
    await letters.write("planted", 17, HER, "en", written)
    await sending.send_due()

    (mail,) = receiver.took
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hi Bcc: all@example.org"


async def test_without_a_server_letters_become_files(site, database, monkeypatch):
    await site.tickers_rest()
    await writes("file")
    number = (await letter("file"))["id"]
    await sending.send_due()

    (file,) = (settings().var / "mail").glob(f"letter-{number}-*.eml")
    assert b"To: xiaolan@example.org" in file.read_bytes()
    assert (await letter("file"))["state"] == "sent"


async def test_doctor_says_whether_letters_are_taken(receiver):
    await posting.check(posting.server())
    with pytest.raises(posting.NotSent):
        await posting.check(MailServer("127.0.0.1", 9, ""))
