"""What happens at which score: the platform's policy, and a circle's stricter one."""

from typing import Any

POLICY: list[Any] = []
