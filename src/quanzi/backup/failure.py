"""What is raised when a backup cannot be made or taken back: one sentence, for a person."""


class Refused(Exception):
    """It was not done, and nothing was changed."""


class Damaged(Refused):
    """The file is not what was written."""
