"""Which addresses lie on the open internet. An explicit table: what is not asked for is not let in.

Sources: the IANA registries of special-purpose addresses for IPv4 and IPv6.
"""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

INSIDE = tuple(
    ipaddress.ip_network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Of IPv6 only what is given out as unicast is outside, and in it not what tunnels to somewhere else.
OUTSIDE_6 = ipaddress.ip_network("2000::/3")
INSIDE_6 = tuple(
    ipaddress.ip_network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


def is_outside(written: str) -> bool:
    """False also for what is no address, and for one with a zone."""
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in net for net in INSIDE)
    if address.scope_id is not None or address not in OUTSIDE_6:
        return False
    return not any(address in net for net in INSIDE_6)
