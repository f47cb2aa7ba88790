"""Where something that was typed or sent could have come to lie, and the disguises it could wear."""

import base64
import hashlib
import json
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import valkey.asyncio as valkey

from quanzi.backup import programs
from quanzi.servers import valkey as embedded
from quanzi.servers.folders import folders_of


def disguises(secret: str | bytes) -> dict[str, bytes]:
    """As it stands in other writings; and its plain hashes, by which a short one can be found out."""
    plain = secret.encode() if isinstance(secret, str) else secret
    worn = {"plain": plain, "in hex": plain.hex().encode(), "in an address": quote(plain).encode()}
    worn["in HEX"] = plain.hex().upper().encode()
    for start in range(3):
        coded = base64.b64encode(b"\0" * start + plain)
        worn[f"in base64, {start}"] = coded[(4 if start else 0) : len(coded) - 4]
    if isinstance(secret, str):
        worn["in UTF-16"] = secret.encode("utf-16-le")
        worn["in JSON"] = json.dumps(secret)[1:-1].encode()
    for name in ("md5", "sha1", "sha256"):
        digest = hashlib.new(name, plain).digest()
        worn |= {f"as {name}": digest, f"as {name} in hex": digest.hex().encode()}
    return worn


def found(places: dict[str, bytes], secret: str | bytes) -> list[str]:
    return sorted(
        f"{where}: {how}"
        for how, worn in disguises(secret).items()
        for where, what in places.items()
        if worn in what
    )


async def everything(var: Path, database_url: str, folder: Path) -> dict[str, bytes]:
    """What is kept, by where: the dump, Valkey's keys, every file, what a backup holds."""
    places = {f"dump/{name}": text for name, text in dumped(database_url).items()}
    places |= {f"valkey/{name}": text async for name, text in keys(var)}
    places |= dict(files(var))
    places |= dict(inside(folder))
    return places


def dumped(database_url: str) -> dict[str, bytes]:
    """By table, as `pg_dump` writes it."""
    program, _ = programs.find("pg_dump", 15)
    done = subprocess.run([program, "--inserts", database_url], check=True, capture_output=True)
    tables: dict[str, bytes] = {}
    for part in done.stdout.split(b"INSERT INTO public.")[1:]:
        name = part.split(b" ", 1)[0].decode()
        tables[name] = tables.get(name, b"") + part
    assert "member" in tables
    return tables


async def keys(var: Path):
    """Names and values of everything that Valkey holds."""
    address = embedded.url(folders_of(var))
    client = valkey.Valkey.from_url(address)
    async for key in client.scan_iter():
        yield key.decode(errors="replace"), key + b"\n" + (await client.dump(key) or b"")
    await client.aclose()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that lies there, PostgreSQL's own and its log of writing too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                yield str(path.relative_to(folder)), path.read_bytes()
            except FileNotFoundError:
                continue


def inside(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What archives hold: backups, with the dump in them as text, and exports."""
    for path in sorted(folder.rglob("*.tar")):
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                text = archive.extractfile(member)
                yield f"{path.name}/{member.name}", text.read() if text else b""
        yield f"{path.name}/as text", restored_as_text(path)
    for path in sorted(folder.rglob("*.zip")):
        with zipfile.ZipFile(path) as parcel:
            for name in parcel.namelist():
                yield f"{path.name}/{name}", parcel.read(name)


def restored_as_text(backup: Path) -> bytes:
    program, _ = programs.find("pg_restore", 15)
    with tarfile.open(backup) as archive:
        dump = archive.extractfile("database.dump")
        assert dump
        done = subprocess.run(
            [program, "-f", "-"], input=dump.read(), check=True, capture_output=True
        )
    return done.stdout
