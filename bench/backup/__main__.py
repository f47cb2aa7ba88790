"""How long it takes to save a site, and to make it again out of the file.

    bin/bench backup [POSTS]

The demo with many posts of about a kilobyte besides, half of it words that repeat. The peer is
PostgreSQL's own pair, pg_dump and pg_restore in one transaction, of the same database without
pictures, checks or reading back. 600,000 posts make a database of about a gigabyte.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PIECE = 20_000
HEAD = "select head from circle_head where circle_id = (select min(id) from circle)"
FILL = """
    with numbers as (
        select (select min(id) from circle) as circle_id, n
        from generate_series({first}::bigint, {last}::bigint) n
    ), heads as (
        update circle_head h set head = {last} where circle_id = (select min(id) from circle)
    ), events as (
        insert into circle_event (circle_id, seq, op, subject_id, version)
        select circle_id, n, 'post.published', n, 1 from numbers
    )
    insert into post (circle_id, author_id, state, seq, published_at, body)
    select circle_id, (select min(id) from member), 'published', n, now(),
           repeat('今天在江边慢慢跑，', 18) || (select string_agg(md5(n::text || i), ' ')
                                             from generate_series(1, 14) i)
    from numbers
"""


def main() -> None:
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 600_000
    with tempfile.TemporaryDirectory(prefix="quanzi-bench-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        old, new, file = place / "old", place / "new", place / "quanzi.tar"
        quanzi(old, "demo", "load")
        print(f"| database | {fill(old, posts) / 2**20:,.0f} MiB |")
        saving = quanzi(old, "backup", str(file))
        print(f"| saved and read back | {saving:.1f} s, {file.stat().st_size / 2**20:,.0f} MiB |")
        back = quanzi(new, "restore", str(file))
        print(f"| made again, checked before and after | {back:.1f} s |")
        dumped, restored = peer(old, place / "peer.dump")
        print(f"| pg_dump alone | {dumped:.1f} s (ours {saving / dumped:.2f} times) |")
        print(f"| pg_restore alone | {restored:.1f} s (ours {back / restored:.2f} times) |")


def quanzi(var: Path, *words: str) -> float:
    var.mkdir(exist_ok=True)
    own = {"DATABASE_URL", "VALKEY_URL", "QUANZI_URL"}
    env = {name: value for name, value in os.environ.items() if name not in own}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "quanzi.cli", *words],
        check=True,
        env=env | {"QUANZI_VAR": str(var)},
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def fill(var: Path, posts: int) -> int:
    from quanzi.servers import hold

    with hold(var, postgres=True, valkey=False) as held:
        head = int(said(held.database_url, HEAD))
        for first in range(head + 1, head + posts, PIECE):
            said(held.database_url, FILL.format(first=first, last=first + PIECE - 1))
        said(held.database_url, "vacuum analyze post")
        return int(said(held.database_url, "select pg_database_size(current_database())"))


def peer(var: Path, dump: Path) -> tuple[float, float]:
    from quanzi.backup import programs
    from quanzi.servers import hold

    with hold(var, postgres=True, valkey=False) as held:
        url = held.database_url
        started = time.perf_counter()
        program = programs.find("pg_dump", 18)[0]
        subprocess.run([program, "-Fc", "-Z3", "-f", str(dump), "-d", url], check=True)
        dumped = time.perf_counter() - started
        said(url, "create database peer")
        program = programs.find("pg_restore", 18)[0]
        other = url.replace("/quanzi?", "/peer?")
        started = time.perf_counter()
        subprocess.run([program, "-1", "-O", "-d", other, str(dump)], check=True)
        return dumped, time.perf_counter() - started


def said(url: str, sql: str) -> str:
    from quanzi.backup import programs

    done = subprocess.run(
        [programs.find("psql", 18)[0], "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


if __name__ == "__main__":
    main()
