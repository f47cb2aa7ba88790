"""How alike two texts are: 64 bits, of which nearly all are the same when nearly all words are.

Numbers, addresses and accounts do not count: they are what changes from one copy to the next.
"""

import re
from collections import Counter
from hashlib import blake2b
from itertools import pairwise

from quanzi.screening.normalising import normalised

# What is shorter is alike by chance: 谢谢大家的支持.
SHORTEST, LONG = 24, 150
BITS, BAND = 64, 16
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\d_]*\d\w*|[^\W\d_\u3400-\u9fff]+")


def likeness(text: str) -> int | None:
    """None when there is too little of it to say."""
    tokens = [
        "0" if any(map(str.isdigit, token)) else token
        for token in _TOKEN.findall(normalised(text).text)
    ]
    if len(tokens) < SHORTEST:
        return None
    features = set(tokens)
    if len(tokens) >= LONG:
        # In long texts the same characters stand anyhow; in short ones one more would hide a copy.
        features |= {f"{one} {two}" for one, two in pairwise(tokens)}
    return _summed(features)


def bands(simhash: int) -> list[int]:
    """Each with its place, so that a band is only like the same one of another."""
    return [
        place << BAND | simhash >> place * BAND & ((1 << BAND) - 1) for place in range(BITS // BAND)
    ]


def _summed(features: set[str]) -> int:
    """A bit is set when it is in the hashes of most features. Counted by bytes: there are few."""
    hashes = b"".join(blake2b(each.encode(), digest_size=8).digest() for each in features)
    simhash = 0
    for place in range(8):
        counted = Counter(hashes[place::8])
        for bit in range(8):
            ones = sum(times for byte, times in counted.items() if byte >> bit & 1)
            simhash |= (2 * ones > len(features)) << (place * 8 + bit)
    return simhash
