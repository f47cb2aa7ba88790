"""What the site speaks to: Valkey, the mail server, push services, the proxy before it."""

import time

from quanzi.commands.examining.finding import Finding
from quanzi.settings import settings

# So long after it was last seen, a proxy that was not believed is taken for mended.
SEEN_WITHIN = 24 * 3600


async def valkey() -> Finding:
    from quanzi.live import lines  # noqa: PLC0415 - settings come first

    client = lines.connect()
    try:
        said, memory = await client.info("server"), await client.info("memory")
    except lines.FAULTS as fault:
        return False, (
            f"does not answer ({fault}); start it, or mend VALKEY_URL; the site works without it, "
            "a little slower"
        )
    finally:
        await client.aclose()
    # A cluster answers node by node.
    many = settings().valkey_url.startswith(lines.CLUSTER)
    nodes = list(said.values()) if many else [said]
    versions = sorted({node.get("valkey_version", "?") for node in nodes})
    if policies := losing(list(memory.values()) if many else [memory]):
        return False, (
            f"throws away any key when it is full ({', '.join(policies)}), also who has tried too "
            "often; set maxmemory-policy to volatile-ttl"
        )
    shown = f", {len(nodes)} nodes" if len(nodes) > 1 else ""
    return True, f"Valkey {' and '.join(versions)}{shown}"


def losing(nodes: list[dict[str, str]]) -> list[str]:
    """Policies that take keys which do not expire."""
    found = {node.get("maxmemory_policy", "") for node in nodes}
    return sorted(each for each in found if each.startswith("allkeys"))


async def mail() -> Finding:
    from quanzi.mail import posting  # noqa: PLC0415 - settings come first

    server = settings().mail
    if server is None:
        if settings().secure:
            return False, (
                "QUANZI_MAIL is not set: nobody gets letters, they become files in "
                f"{settings().var / 'mail'}; set it (docs/operating.md)"
            )
        return True, f"QUANZI_MAIL is not set: letters become files in {settings().var / 'mail'}"
    if not settings().url:
        return False, "letters would link to loopback; set QUANZI_URL"
    try:
        await posting.check(server)
    except posting.NotSent as why:
        return False, f"{server.host}:{server.port} does not take letters ({why}); see QUANZI_MAIL"
    return True, f"{server.host}:{server.port} takes letters"


async def push() -> Finding:
    from quanzi.push import keys  # noqa: PLC0415 - settings come first

    public = keys.public()
    if not settings().secure:
        return True, "browsers take pushes from https sites and from loopback only; see QUANZI_URL"
    if not settings().push_contact:
        return False, (
            "push services have nobody to write to when something is wrong; set "
            "QUANZI_PUSH_CONTACT=mailto:you@example.org"
        )
    return True, f"the site's key is {public[:12]}…, kept in {settings().var / 'push-key.pem'}"


async def proxy() -> Finding:
    """The site notes when a proxy names visitors that it does not believe; see `web/front.py`."""
    from quanzi.web import proxies  # noqa: PLC0415 - settings come first

    seen = proxies.last_unbelieved()
    if seen is not None and time.time() - seen.at < SEEN_WITHIN:
        return False, (
            f"{seen.address} forwards visitors and is not believed, so that all count as one; set "
            f"FORWARDED_ALLOW_IPS={seen.address}, and let it replace X-Forwarded-For"
        )
    return True, "no proxy was seen that is not believed"


async def pictures() -> Finding:
    """Whether a machine can look at them; without one every picture waits for people."""
    from quanzi.media.incoming import store  # noqa: PLC0415 - settings come first
    from quanzi.screening import child  # noqa: PLC0415 - as above

    try:
        eye = await child.opened(store().root)
    except child.Blind as why:
        return False, f"nothing looks at pictures, so that all wait for reviewers: {why}"
    await eye.close()
    return True, f"looked at by {eye.model}"
