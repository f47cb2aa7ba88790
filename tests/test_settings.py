"""What the environment says of mail is understood, or stops the start in one line."""

import pytest

from quanzi.environment import WrongSetting, choice
from quanzi.settings import MailServer, _mail


def test_without_it_letters_become_files():
    assert _mail("") is None


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("smtp://mail.example", MailServer("mail.example", 25, "")),
        ("smtps://u:p%40ss@mail.example", MailServer("mail.example", 465, "tls", "u", "p@ss")),
        (
            "smtp+starttls://mail.example:2525/?from=hi@quanzi.example",
            MailServer("mail.example", 2525, "starttls", sender="hi@quanzi.example"),
        ),
    ],
)
def test_a_mail_server_is_understood(given, meant):
    assert _mail(given) == meant


@pytest.mark.parametrize(
    "given",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example/path",
        "smtp://mail.example:99999",
        "smtp://mail.example?from=nobody",
        "smtp://mail.example?from=a@b%0d%0aBcc:x@y",
    ],
)
def test_what_is_wrong_is_named(given):
    with pytest.raises(WrongSetting, match="QUANZI_MAIL"):
        _mail(given)


@pytest.mark.parametrize(("given", "meant"), [("", ""), ("on", "on"), ("off", "off")])
def test_a_choice_is_one_of_a_few_words(monkeypatch, given, meant):
    monkeypatch.setenv("QUANZI_LINK_PREVIEWS", given)
    assert choice("QUANZI_LINK_PREVIEWS", "on", "off") == meant


@pytest.mark.parametrize("given", ["no", "0", "OFF", " off"])
def test_another_word_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("QUANZI_LINK_PREVIEWS", given)
    with pytest.raises(WrongSetting, match="QUANZI_LINK_PREVIEWS must be empty or: on, off"):
        choice("QUANZI_LINK_PREVIEWS", "on", "off")
