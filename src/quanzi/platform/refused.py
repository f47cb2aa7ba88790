"""Refusals as OAuth has them: a word that programs know, and a sentence for who writes them."""


class Refused(Exception):
    """`error`: of RFC 6749 §4.1.2.1 and §5.2. `why`: in English and plain ASCII, as they ask."""

    def __init__(self, error: str, why: str) -> None:
        super().__init__(f"{error}: {why}")
        self.error = error
        self.why = why


class NoSuchClient(Refused):
    """It has not said who it is, or not proved it."""

    def __init__(self, why: str) -> None:
        super().__init__("invalid_client", why)
