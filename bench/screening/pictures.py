"""What a look at a picture takes, and what the machine says of harmless ones.

    bin/bench screening.pictures [FOLDER OF HARMLESS PHOTOGRAPHS]

Each picture lies in a store as pages have it, and is looked at through the child, one after another.
The limit is the bare network in this process on one thread. Then a picture is looked for among a
million that were removed; the limit is a look-up by primary key.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import uvloop
from PIL import Image, ImageDraw, ImageFilter

from bench.fanout.site import prepared
from tests.screening.gallery import drawing, hung, pid

SKIN = ("#ffe0bd", "#f1c27d", "#e0ac69", "#c68642", "#8d5524", "#5c3a21")
ROUNDS, STARTS, REMOVED, ASKED = 3, 5, 1_000_000, 500


def main() -> None:
    photographs = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with prepared():
        uvloop.run(run(photographs))


async def run(photographs: Path | None) -> None:
    from quanzi.media import FolderStore

    with tempfile.TemporaryDirectory(prefix="quanzi-bench-") as folder:
        store = FolderStore(Path(folder, "media"))
        kinds = {
            kind: [hung(store, image) for image in images]
            for kind, images in gallery(photographs).items()
        }
        await looks(store, kinds)
    await among_removed()


def gallery(photographs: Path | None) -> dict[str, Iterator[Image.Image]]:
    from quanzi.demo.painting.scenes import DRAWINGS

    kinds = {
        "the demo's drawings": map(drawing, DRAWINGS),
        "shapes": map(shapes, range(20)),
        "ovals in colours of skin": map(skin, range(20)),
        "gradients": map(gradient, range(20)),
        "noise": map(noise, range(20)),
        "one colour": (Image.new("RGB", (400, 300), colour(n)) for n in range(20)),
    }
    if photographs:
        files = sorted(photographs.iterdir())
        kinds["photographs"] = (Image.open(file).convert("RGB") for file in files)
    return kinds


def colour(n: int) -> tuple[int, int, int]:
    chance = random.Random(n)
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)


def shapes(n: int) -> Image.Image:
    chance = random.Random(n)
    image = Image.new("RGB", (400, 300), colour(n))
    for k in range(8):
        draw = ImageDraw.Draw(image)
        x, y = chance.randrange(350), chance.randrange(250)
        box = (x, y, x + chance.randrange(20, 150), y + chance.randrange(20, 150))
        (draw.ellipse if k % 2 else draw.rectangle)(box, fill=colour(n * 100 + k))
    return image


def skin(n: int) -> Image.Image:
    chance = random.Random(n)
    image = Image.new("RGB", (400, 300), SKIN[n % len(SKIN)])
    for _ in range(6):
        x, y = chance.randrange(350), chance.randrange(250)
        box = (x, y, x + chance.randrange(40, 200), y + chance.randrange(40, 200))
        ImageDraw.Draw(image).ellipse(box, fill=chance.choice(SKIN))
    return image.filter(ImageFilter.GaussianBlur(12)) if n % 2 else image


def gradient(n: int) -> Image.Image:
    planes = [Image.linear_gradient("L"), Image.radial_gradient("L"),
              Image.linear_gradient("L").rotate(18 * n)]  # fmt: skip
    random.Random(n).shuffle(planes)
    return Image.merge("RGB", planes).resize((400, 300))


def noise(n: int) -> Image.Image:
    planes = [Image.effect_noise((80, 60), 60 + 3 * n) for _ in "rgb"]
    return Image.merge("RGB", planes).resize((400, 300))


async def looks(store, kinds: dict[str, list[str]]) -> None:
    from quanzi.screening.looking import Looker

    first = next(iter(kinds.values()))[0]
    starts = []
    for _ in range(STARTS):
        looker = Looker(store)
        starts.append(await timed(looker.look([first], within=60)))
        await looker.close()

    looker = Looker(store)
    await looker.look([first], within=60)
    fresh = memory(pid(looker))
    taken, scores = [], {}
    for kind, names in kinds.items():
        for _ in range(ROUNDS):
            scores[kind] = []
            for name in names:
                started = time.perf_counter()
                [seen] = await looker.look([name], within=60)
                taken.append((time.perf_counter() - started) * 1000)
                assert seen is not None
                scores[kind].append(seen.score)
    after = memory(pid(looker))
    await looker.close()
    long = hung(store, Image.new("RGB", (360, 4000), "white"))
    looker = Looker(store)
    await looker.look([first], within=60)
    longest = [await timed(looker.look([long], within=60)) for _ in range(20)]
    await looker.close()

    bare = network(len(taken))
    print("\n| what | p50 ms | p95 ms |\n|---|---|---|")
    print(f"| the first look, child started for it | {figures(starts)} |")
    print(f"| a look | {figures(taken)} |")
    print(f"| a look at a picture of 360 by 4,000 | {figures(longest)} |")
    print(f"| the bare network, in this process | {figures(bare)} |")
    ratio = statistics.median(taken) / statistics.median(bare)
    print(f"\nA look takes {ratio:.2f} times the bare network.")
    print(f"The child has {fresh} MB after its first look, {after} MB after {len(taken):,} more.\n")
    print("| harmless pictures | how many | median | highest | ≥ 0.2 | ≥ 0.5 | ≥ 0.8 |")
    print("|---|---|---|---|---|---|---|")
    for kind, said in scores.items():
        above = " | ".join(str(sum(x >= least for x in said)) for least in (0.2, 0.5, 0.8))
        print(
            f"| {kind} | {len(said)} | {statistics.median(said):.4f} | {max(said):.3f} | {above} |"
        )


def memory(process: int) -> str:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    parts = {name: int(rest.split()[0]) / 1000 for name, rest in
             (line.split(":", 1) for line in lines if line.startswith(("VmRSS", "RssAnon")))}  # fmt: skip
    return f"{parts['VmRSS']:.0f} ({parts['RssAnon']:.0f} of its own)"


def network(times: int) -> list[float]:
    import numpy as np

    from quanzi.screening.judging import Judge

    judge, taken = Judge(), []
    nothing = np.zeros((1, 224, 224, 3), dtype=np.float32)
    for _ in range(times):
        started = time.perf_counter()
        judge._session.run(None, {judge._takes: nothing})  # noqa: SLF001 - the limit itself
        taken.append((time.perf_counter() - started) * 1000)
    return taken


async def among_removed() -> None:
    from quanzi.db.engine import close_pool, connection, open_pool, rows
    from quanzi.db.migrating import migrate
    from quanzi.screening.hashes import known

    await migrate()
    await open_pool()
    async with connection() as held:
        await held.execute("set statement_timeout = 0")
        await held.execute(
            f"""insert into screening_picture (hash, category, decided_by)
                select (('x' || md5(n::text))::bit(64))::bigint, 'sexual', 1
                from generate_series(1, {REMOVED}) n""",
            timeout=900,
        )
        await held.execute("vacuum analyze screening_picture", timeout=900)
    hashes = [
        line["hash"] for line in await rows(f"select hash from screening_picture limit {ASKED}")
    ]
    chance = random.Random(3)
    new = [chance.getrandbits(64) - 2**63 for _ in range(ASKED)]
    by_key = [
        await timed(rows("select 1 from screening_picture where hash = $1", each))
        for each in hashes
    ]
    removed = [await timed(known(each ^ 0b100001)) for each in hashes]
    others = [await timed(known(each)) for each in new]
    [size] = await rows("select pg_size_pretty(pg_total_relation_size('screening_picture')) as s")
    print(f"\n| among {REMOVED:,} removed ({size['s']}) | p50 ms | p95 ms |\n|---|---|---|")
    print(f"| one that was removed, two bits changed | {figures(removed)} |")
    print(f"| one that was not | {figures(others)} |")
    print(f"| a look-up by primary key | {figures(by_key)} |\n")
    await close_pool()


async def timed(deed) -> float:
    started = time.perf_counter()
    await deed
    return (time.perf_counter() - started) * 1000


def figures(taken: list[float]) -> str:
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    return f"{cuts[49]:.1f} | {cuts[94]:.1f}"


if __name__ == "__main__":
    main()
