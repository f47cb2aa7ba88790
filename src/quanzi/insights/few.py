"""Groups of fewer than five are not told: who counts to three knows who the three are."""

FEW = 5


def told(people: int | None) -> int | None:
    """None for a group that is too small to be told; nobody is nobody."""
    return None if people is None or 0 < people < FEW else people
