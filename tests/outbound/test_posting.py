"""Nothing is ever sent inside, whatever a name says and whenever it says something else."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanzi.outbound.addresses import is_outside
from quanzi.outbound.posting import NotReached, Outbound, refusal

INSIDE = [
    "0.0.0.0", "10.1.2.3",  # noqa: S104 "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fc00::1", "fd12:3456::1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "3fff::1", "not-an-address", "",
]  # fmt: skip
OUTSIDE = ["1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "223.5.5.5",
           "2606:4700:4700::1111", "2400:3200::1"]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_inside(address):
    assert not is_outside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_outside_is_outside(address):
    assert is_outside(address)


@given(st.ip_addresses())
def test_what_the_library_calls_private_is_never_outside(address):
    if is_outside(str(address)):
        assert address.is_global
        assert not address.is_multicast
        assert not (isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped)


@pytest.mark.parametrize(
    "url",
    ["http://a.example/", "https://a.example:444/", "https://a:b@a.example/", "ftp://a.example",
     "https://", "https://exämple.example/", "https://a.example:99999/", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_plain_https_address_is_refused(url):
    assert refusal(url)


async def refused(url: str, *answers: list[str]) -> str:
    asked = iter(answers)

    async def resolve(host: str, port: int) -> list[str]:
        return next(asked)

    outbound = Outbound(resolve=resolve)
    try:
        with pytest.raises(NotReached) as why:
            await outbound.post(url, {}, b"x")
    finally:
        await outbound.close()
    return str(why.value)


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["::1"], ["169.254.169.254"], []]
)
async def test_a_name_that_leads_inside_is_not_connected_to(answers):
    assert await refused("https://inside.example/", answers) == "not an address outside"


async def test_an_address_instead_of_a_name_is_looked_at_too():
    outbound = Outbound()
    for url in ("https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/"):
        with pytest.raises(NotReached):
            await outbound.post(url, {}, b"x")
    await outbound.close()


async def test_a_name_is_looked_up_once_and_that_very_address_is_connected_to(monkeypatch):
    import httpcore

    connected: list[str] = []

    async def connect(self, host, port, *_):
        connected.append(host)
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)

    assert await refused("https://rebinds.example/", ["93.184.216.34"], ["127.0.0.1"])
    assert connected == ["93.184.216.34"]
