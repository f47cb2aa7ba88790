"""How long a text is read, by its length; and texts that are made to take long.

    bin/bench screening

Texts are put together from the demo's own sentences, with a bad sample in every tenth. Aims: 2 ms for
95 of 100 texts of 200 characters, 20 ms at 5,000; 50 ms of CPU for a hostile text of 5,000. Beside
them in the same run: how long it takes only to normalise the text, which nothing can be below.
"""

import random
import re
import statistics
import time

from quanzi.screening.book import starter
from quanzi.screening.normalising import normalised
from quanzi.screening.reading import read
from quanzi.screening.samples import bundled

LENGTHS = {50: None, 200: 2.0, 1000: None, 5000: 20.0}
TEXTS = 300
HOSTILE_MS = 50.0
HOSTILE = {
    "one letter": "a" * 5000,
    "digits": "1" * 5000,
    "digits apart": "1 " * 2500,
    "spaces": " " * 5000,
    "dots": "a." * 2500,
    "dots and letters": "a.com" * 1000,
    "at signs": "a@a." * 1250,
    "lead-ins": "加微信" * 1666,
    "lead-ins apart": "加 v " * 1250,
    "a word": "赌博" * 2500,
    "its sound": "dubo " * 1000,
    "joined sounds": "xian" * 1250,
    "homophones": "堵博赌搏" * 1250,
    "links": "http://a.top/ " * 357,
    "halves": "贝者" * 2500,
    "lines": "加微信领\n" * 1000,
    "marks": "e\u0301\u0302\u0303" * 1250,
    "widest": "\ufdfa" * 5000,
}


def main() -> None:
    book = starter()
    read("赌博", book)
    print(f"{len(book.words):,} words, {TEXTS} texts of each length; milliseconds\n")
    print(" length     p50     p95     p99    aim  normalising alone (p50)")
    for length, aim in LENGTHS.items():
        some = texts(length)
        times = sorted(took(lambda text: read(text, book), some))
        alone = statistics.median(took(normalised, some))
        p50, p95, p99 = (times[int(len(times) * part)] for part in (0.5, 0.95, 0.99))
        print(f"{length:7} {p50:7.2f} {p95:7.2f} {p99:7.2f} {aim or '':>6}  {alone:.2f}")
    print("\nHostile, 5,000 characters, CPU:")
    for name, text in HOSTILE.items():
        spent = min(cpu(text, book) for _ in range(3))
        print(f"{name:>18} {spent:7.1f}{'  over the aim' if spent > HOSTILE_MS else ''}")


def cpu(text: str, book) -> float:
    began = time.process_time()
    read(text, book)
    return (time.process_time() - began) * 1000


def took(reading, some) -> list[float]:
    found = []
    for text in some:
        began = time.perf_counter()
        reading(text)
        found.append((time.perf_counter() - began) * 1000)
    return found


def texts(length: int) -> list[str]:
    from quanzi.demo.posts import POSTS
    from quanzi.demo.replies import COMMENTS

    written = [post.body for posts in POSTS.values() for post in posts]
    written += [line for lines in COMMENTS.values() for line in lines]
    sentences = sorted({s for text in written for s in re.split(r"(?<=[。！？\n])", text) if s})
    bad = [sample.text for sample in bundled() if sample.label != "ok"]
    chance = random.Random(length)
    made = []
    for number in range(TEXTS):
        text = chance.choice(bad) if number % 10 == 0 else ""
        while len(text) < length:
            text += chance.choice(sentences)
        made.append(text[:length])
    return made


if __name__ == "__main__":
    main()
