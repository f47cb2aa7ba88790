"""A picture's fingerprint: 64 bits that stay much the same when it is made smaller or saved again.

Each bit says whether a field of the picture is brighter than the one to its right (a "difference
hash"). It tells shapes apart, and knows nothing of colours.
"""

from PIL import Image

FIELDS = 8
# Fields that differ by less are alike: what compressing adds would else decide their bits.
BARELY = 2
# With fewer bits of one kind it says too little: one plain wall would be taken for another.
FEWEST = 8
# What stands for a picture that cannot be told from others.
PLAIN = 0


def hash_of(image: Image.Image) -> int:
    """As PostgreSQL's bigint has it, with a sign. PLAIN if the picture has too little to it."""
    small = image.convert("L").resize((FIELDS + 1, FIELDS), Image.Resampling.LANCZOS)
    fields, wide, bits = small.tobytes(), FIELDS + 1, 0
    for place in range(FIELDS * wide):
        if place % wide < FIELDS:
            bits = bits * 2 + (fields[place] > fields[place + 1] + BARELY)
    if not FEWEST <= bits.bit_count() <= FIELDS**2 - FEWEST:
        return PLAIN
    return bits - 2**64 if bits >= 2**63 else bits
