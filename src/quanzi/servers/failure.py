"""What is raised when the servers cannot be had."""


class ServersFailed(Exception):
    """Says in one sentence what went wrong, with the end of the log where there is one."""
