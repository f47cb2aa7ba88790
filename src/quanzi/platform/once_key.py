"""The key by which a request that comes twice is known: `Idempotency-Key`."""

import uuid

# Programs call theirs as they like; the site's are UUIDs.
_NAMES = uuid.UUID("5f0a7a0e-5b0e-4a34-9d9c-2d1f3f9b7c11")


def of(given: str) -> uuid.UUID:
    """Without one each request is one of its own."""
    return uuid.uuid5(_NAMES, given) if given else uuid.uuid4()
