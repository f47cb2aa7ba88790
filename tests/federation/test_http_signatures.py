"""Signatures of requests, by the draft's own examples and by what may not pass."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from quanzi import clock
from quanzi.federation import keys, signatures
from quanzi.federation.signatures import Received, Signature, Unsigned

# draft-cavage-http-signatures-12, appendix C: the key that it calls `Test`, published for this.
KEY = load_pem_private_key(
    b"""-----BEGIN RSA PRIVATE KEY-----
MIICXgIBAAKBgQDCFENGw33yGihy92pDjZQhl0C36rPJj+CvfSC8+q28hxA161QF
NUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6Z4UMR7EOcpfdUE9Hf3m/hs+F
UR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJwoYi+1hqp1fIekaxsyQIDAQAB
AoGBAJR8ZkCUvx5kzv+utdl7T5MnordT1TvoXXJGXK7ZZ+UuvMNUCdN2QPc4sBiA
QWvLw1cSKt5DsKZ8UETpYPy8pPYnnDEz2dDYiaew9+xEpubyeW2oH4Zx71wqBtOK
kqwrXa/pzdpiucRRjk6vE6YY7EBBs/g7uanVpGibOVAEsqH1AkEA7DkjVH28WDUg
f1nqvfn2Kj6CT7nIcE3jGJsZZ7zlZmBmHFDONMLUrXR/Zm3pR5m0tCmBqa5RK95u
412jt1dPIwJBANJT3v8pnkth48bQo/fKel6uEYyboRtA5/uHuHkZ6FQF7OUkGogc
mSJluOdc5t6hI1VsLn0QZEjQZMEOWr+wKSMCQQCC4kXJEsHAve77oP6HtG/IiEn7
kpyUXRNvFsDE0czpJJBvL/aRFUJxuRK91jhjC68sA7NsKMGg5OXb5I5Jj36xAkEA
gIT7aFOYBFwGgQAQkWNKLvySgKbAZRTeLBacpHMuQdl1DfdntvAyqpAZ0lY0RKmW
G6aFKaqQfOXKCyWoUiVknQJAXrlgySFci/2ueKlIE1QqIiLSZ8V8OlpFLRnb1pzI
7U1yQXnTAEFYM560yJlzUpOb1V4cScGd365tiSMvxLOvTA==
-----END RSA PRIVATE KEY-----
""",
    None,
)
THEN = datetime(2014, 1, 5, 21, 31, 40, tzinfo=UTC)
REQUEST = Received(
    "POST",
    "/foo?param=value&pet=dog",
    {
        "host": "example.com",
        "date": "Sun, 05 Jan 2014 21:31:40 GMT",
        "content-type": "application/json",
        "digest": "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
        "content-length": "18",
    },
    b'{"hello": "world"}',
)
EXAMPLES = [
    (
        "(request-target) host date",
        (
            "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3"
            "HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0="
        ),
    ),
    (
        "(request-target) host date content-type digest content-length",
        (
            "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52"
            "LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE="
        ),
    ),
]


@pytest.fixture
def then(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: THEN)


@pytest.mark.parametrize(("names", "written"), EXAMPLES)
def test_the_examples_of_the_draft_fit_their_key_and_no_other_request(names, written):
    signature = Signature("Test", tuple(names.split()), base64.b64decode(written), "")

    assert signatures.fits(REQUEST, signature, KEY.public_key())
    assert not signatures.fits(replace(REQUEST, method="PUT"), signature, KEY.public_key())
    assert not signatures.fits(replace(REQUEST, target="/foo"), signature, KEY.public_key())
    other = REQUEST.headers | {"host": "example.org"}
    assert not signatures.fits(replace(REQUEST, headers=other), signature, KEY.public_key())
    assert not signatures.fits(REQUEST, signature, keys.private(keys.made()).public_key())


def test_what_we_sign_is_what_the_draft_signs(then):
    headers = signatures.signed("GET", "https://example.com/foo?a=b", None, "Test", KEY)
    text = (
        "(request-target): get /foo?a=b\nhost: example.com\n"
        "date: Sun, 05 Jan 2014 21:31:40 GMT\naccept: application/activity+json"
    )
    given = Received("GET", "/foo?a=b", headers, b"")

    assert 'headers="(request-target) host date accept"' in headers["signature"]
    assert (
        signatures._text(("(request-target)", "host", "date", "accept"), given, "") == text.encode()
    )
    assert signatures.fits(given, signatures.read(given), KEY.public_key())


def received(**changed: str) -> Received:
    headers = signatures.signed("POST", "https://example.com/inbox", b"{}", "https://a/#k", KEY)
    return Received("POST", "/inbox", headers | changed, b"{}")


def test_one_of_ours_is_read_again(then):
    given = received()

    assert signatures.read(given).key_id == "https://a/#k"
    assert signatures.fits(given, signatures.read(given), KEY.public_key())


@pytest.mark.parametrize(
    "signature",
    [
        "",
        'keyId="https://a/#k",algorithm="rsa-sha256"',
        'keyId="https://a/#k",headers="(request-target) host date digest",signature="?"',
        'headers="(request-target) host date digest",signature="aGk="',
        'keyId="https://a/#k",headers="date",signature="aGk="',
        'keyId="https://a/#k",headers="(request-target) host date",signature="aGk="',
        'keyId="https://a/#k",headers="(request-target) date digest",signature="aGk="',
        'keyId="https://a/#k",headers="(request-target) host digest",signature="aGk="',
        'keyId="k",algorithm="hmac-sha256",headers="(request-target) host date digest",signature="aGk="',
    ],
)
def test_one_that_leaves_out_what_matters_is_none(then, signature):
    with pytest.raises(Unsigned):
        signatures.read(received(signature=signature))


@pytest.mark.parametrize("away", [timedelta(hours=1.1), -timedelta(hours=1.1), timedelta(days=400)])
def test_one_of_another_time_is_none(then, monkeypatch, away):
    given = received()
    monkeypatch.setattr(clock, "now", lambda: THEN + away)

    with pytest.raises(Unsigned, match="another time"):
        signatures.read(given)


@pytest.mark.parametrize("date", ["", "soon", "Sun, 99 Jan 2014 21:31:40 GMT"])
def test_one_without_a_time_is_none(then, date):
    with pytest.raises(Unsigned, match="no date"):
        signatures.read(received(date=date))


def test_the_digest_must_be_of_this_body(then):
    with pytest.raises(Unsigned, match="digest"):
        signatures.read(replace(received(), body=b"{ }"))
    signatures.read(received(digest="MD5=x,sha-256=" + signatures.digest(b"{}").partition("=")[2]))


def test_a_signed_header_that_was_not_sent_fits_nothing(then):
    given = received()
    signature = replace(signatures.read(given), names=("(request-target)", "host", "date", "x-odd"))

    assert not signatures.fits(given, signature, KEY.public_key())


def test_the_newer_spelling_with_the_time_in_the_signature_is_understood(then):
    names = ("(request-target)", "(created)", "host", "digest")
    given = received()
    at = str(int(THEN.timestamp()))
    made = KEY.sign(signatures._text(names, given, at), padding.PKCS1v15(), SHA256())
    written = (
        f'keyId="k",algorithm="hs2019",created={at},headers="{" ".join(names)}",'
        f'signature="{base64.b64encode(made).decode()}"'
    )
    given = received(signature=written)

    assert signatures.fits(given, signatures.read(given), KEY.public_key())
    with pytest.raises(Unsigned):
        signatures.read(received(signature=written.replace(at, "1")))


def test_a_key_that_is_weak_huge_or_none_is_not_used():
    assert keys.public("nonsense") is None
    assert keys.public(keys.public_of(keys.made())) is not None
    weak = KEY.public_key()
    pem = weak.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    assert keys.public(pem) is None
