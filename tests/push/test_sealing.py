"""RFC 8291's own example, byte by byte; and what is no key is refused."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from quanzi.push import sealing
from quanzi.push.sealing import NotAKey


def of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


PLAIN = of("V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24")
AUTH = of("BTBZMqHH6r4Tts7J_aSIgg")
THEIRS = of(
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
OURS = of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
SALT = of("DGv6ra1nlYgDCS1FRnbzlw")
SEALED = of(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc_comes_out_as_it_stands_there():
    once = ec.derive_private_key(int.from_bytes(OURS, "big"), ec.SECP256R1())

    assert sealing.sealed(PLAIN, THEIRS, AUTH, salt=SALT, once=once) == SEALED


def test_no_two_messages_are_sealed_alike():
    assert sealing.sealed(PLAIN, THEIRS, AUTH) != sealing.sealed(PLAIN, THEIRS, AUTH)


@given(st.binary(max_size=80), st.binary(max_size=20))
def test_what_is_no_key_is_refused_and_nothing_else_happens(p256dh, auth):
    with pytest.raises(NotAKey):
        sealing.sealed(b"x", p256dh, auth)


def test_a_point_that_lies_on_no_curve_is_refused():
    with pytest.raises(NotAKey):
        sealing.sealed(b"x", b"\x04" + b"\x01" * 64, AUTH)
