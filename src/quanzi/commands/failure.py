"""What a command raises when it cannot do what was asked: one line for a person, exit code 1."""


class Failed(Exception):
    """What was asked could not be done."""
