"""One frozen Settings, read once from the environment. `docs/operating.md` lists every variable."""

import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from quanzi.environment import WrongSetting, choice, domains, whole

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in. `tls`: from the first byte, after STARTTLS, or not at all."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class OpenId:
    """A provider to sign in with. `…_claim`: where its answer says what, dots for what lies within.

    `verified_claim`: true for who has proved their real name there; '' when it says nothing of that.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    verified_claim: str = ""
    id_claim: str = ""
    birthdate_claim: str = "birthdate"


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str
    valkey_url: str
    var: Path
    url: str
    secret: bytes
    media: Path
    pool: int
    mail: MailServer | None
    push_contact: str = ""
    pepper: bytes = b""
    keeps_identity: bool = False
    openid: OpenId | None = None
    anchor: Path = Path("anchors.log")
    link_previews: bool = True
    set_up: bool = True
    federation: bool = False
    federation_blocked: frozenset[str] = frozenset()
    database_replica_url: str = ""

    @property
    def secure(self) -> bool:
        return self.url.startswith("https://")


@cache
def settings() -> Settings:
    var = var_folder()
    return Settings(
        database_url=_url("DATABASE_URL", {"postgresql", "postgres"}),
        valkey_url=_url(
            "VALKEY_URL", {"valkey", "valkeys", "valkey+cluster", "redis", "rediss", "unix"}
        ),
        var=var,
        url=public_url(),
        secret=_secret(var),
        media=_media(var),
        pool=whole("QUANZI_POOL", 10, low=2, high=200),
        mail=_mail(os.environ.get("QUANZI_MAIL", "")),
        push_contact=_contact(os.environ.get("QUANZI_PUSH_CONTACT", "")),
        pepper=_pepper(var),
        keeps_identity=choice("QUANZI_KEEP_IDENTITY", "sealed") == "sealed",
        openid=_openid(),
        set_up=choice("QUANZI_SETUP", "on", "off") != "off",
        link_previews=choice("QUANZI_LINK_PREVIEWS", "on", "off") != "off",
        federation=_federation(),
        federation_blocked=domains("QUANZI_FEDERATION_BLOCKED"),
        database_replica_url=_url("DATABASE_REPLICA_URL", {"postgresql", "postgres"}),
        anchor=Path(os.environ.get("QUANZI_ANCHOR") or var / "anchors.log").absolute(),
    )


def var_folder() -> Path:
    return Path(os.environ.get("QUANZI_VAR") or ROOT / "var").absolute()


def public_url() -> str:
    """The public base URL, without a trailing slash; empty when nobody has said it yet."""
    given = os.environ.get("QUANZI_URL", "").rstrip("/")
    if not given:
        return ""
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise WrongSetting(
            f"QUANZI_URL is {given!r}; it must look like https://quanzi.example (no path)."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _url(name: str, schemes: set[str]) -> str:
    given = os.environ.get(name, "")
    if given and urlsplit(given).scheme not in schemes:
        raise WrongSetting(f"{name} must start with one of: {', '.join(sorted(schemes))}.")
    return given


def _secret(var: Path) -> bytes:
    given = os.environ.get("QUANZI_SECRET", "")
    if given:
        if len(given.encode()) < 32:  # noqa: PLR2004 - the contract's figure
            raise WrongSetting("QUANZI_SECRET must be at least 32 bytes long.")
        return given.encode()
    return _kept_secret(var / "secret")


def _pepper(var: Path) -> bytes:
    """What identity numbers are hashed with: outside the database, or a dump could be tried out."""
    given = os.environ.get("QUANZI_PEPPER", "")
    if given and len(given.encode()) < 32:  # noqa: PLR2004 - as the secret
        raise WrongSetting("QUANZI_PEPPER must be at least 32 bytes long.")
    return given.encode() or _kept_secret(var / "pepper")


def _federation() -> bool:
    """Other servers keep our addresses for good: they must be the ones that stay."""
    on = choice("QUANZI_FEDERATION", "on", "off") == "on"
    url = urlsplit(public_url())
    if on and url.scheme != "https" and url.hostname not in {"127.0.0.1", "localhost"}:
        raise WrongSetting("QUANZI_FEDERATION=on needs QUANZI_URL to be your https:// address.")
    return on


def _openid() -> OpenId | None:
    given = {name: os.environ.get(f"QUANZI_OIDC_{name}", "") for name in OIDC}
    if not any(given.values()):
        return None
    parts = urlsplit(given["ISSUER"])
    safe = parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost"}
    if not safe or not parts.hostname or parts.query or parts.fragment:
        raise WrongSetting("QUANZI_OIDC_ISSUER must look like https://id.example.org.")
    for name in ("CLIENT_ID", "CLIENT_SECRET"):
        if not given[name]:
            raise WrongSetting(f"QUANZI_OIDC_{name} is missing beside QUANZI_OIDC_ISSUER.")
    return OpenId(
        given["ISSUER"].rstrip("/"),
        given["CLIENT_ID"],
        given["CLIENT_SECRET"],
        given["NAME"] or parts.hostname,
        given["VERIFIED_CLAIM"],
        given["ID_CLAIM"],
        given["BIRTHDATE_CLAIM"] or "birthdate",
    )


def _kept_secret(file: Path) -> bytes:
    return kept(file, lambda: secrets.token_urlsafe(48).encode())


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """Made once and shared by all processes: linking a full file into place is atomic."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(make())
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass  # another process was first; what it made is everyone's
        finally:
            fresh.unlink()
    return file.read_bytes()


def _media(var: Path) -> Path:
    given = os.environ.get("QUANZI_MEDIA", "")
    if "://" in given:
        raise WrongSetting("QUANZI_MEDIA must be a folder; object stores are not supported yet.")
    return Path(given).absolute() if given else var / "media"


OIDC = (
    "ISSUER",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "NAME",
    "VERIFIED_CLAIM",
    "ID_CLAIM",
    "BIRTHDATE_CLAIM",
)
MAIL_SCHEMES = {"smtp": ("", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}


def _mail(given: str) -> MailServer | None:
    """`smtps://user:password@host:465?from=quanzi@example.org`; None: letters become files."""
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname or parts.path.strip("/"):
        raise WrongSetting(
            "QUANZI_MAIL must look like smtps://user:password@host:465?from=quanzi@example.org"
            " (or smtp+starttls://, or smtp://)."
        )
    tls, port = MAIL_SCHEMES[parts.scheme]
    sender = parse_qs(parts.query).get("from", [""])[0]
    if sender and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", sender):
        raise WrongSetting(f"QUANZI_MAIL says from={sender!r}; it must be a mail address.")
    return MailServer(
        parts.hostname,
        _port(parts) or port,
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        sender,
    )


def _contact(given: str) -> str:
    """Whom push services can write to: `mailto:…` or `https://…`."""
    if given and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+|https://\S+", given):
        raise WrongSetting(
            "QUANZI_PUSH_CONTACT must look like mailto:someone@example.org or https://example.org."
        )
    return given


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise WrongSetting("QUANZI_MAIL names a port that is not a port.") from None
