"""The queue and its cases, reports, decisions and appeals, policy and words, and what all may know."""

from typing import Any

from quanzi.moderation.routes.lists import LISTED
from quanzi.moderation.routes.log import LOG
from quanzi.moderation.routes.screening import POLICY
from quanzi.moderation.routes.transparency import FIGURES

ROUTES: list[Any] = [*POLICY, *LISTED, *FIGURES, *LOG]
