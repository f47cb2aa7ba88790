"""What a program sends to each door: a document that is one, and says nothing that could be done, or
nothing that is not put back.
"""

import re
from typing import Any

DOCUMENTS: tuple[tuple[str, dict[str, Any] | None], ...] = (
    (r"/digest$", None),
    (r"/pin$", {}),
    (r"/reports$", {"category": ""}),
    (r"/notices$", {"title": "", "body": ""}),
    (r"/sending$", {}),
    (r"/requests/\d+/state$", {"state": "accepted"}),
    (r"/desk/services(/\d+)?$", {"title": ""}),
    (r"/desk/services/\d+/questions$", {"questions": [{"label": ""}]}),
    (r"/desk/services/\d+/state$", {"state": "ended"}),
    (r"/desk/services/\d+/place$", {"to": 0}),
    (r"/plan/\d+/time$", {"publish_at": ""}),
    (r"/plan/\d+/word$", {"agreed": False}),
    (r"/segments/count$", {"conditions": {}}),
    (r"/segments(/\d+)?$", {"name": "", "conditions": {}}),
    (r"/tags(/\d+)?$", {"name": ""}),
    (r"/tags/\d+/fans$", {}),
    (r"/cases/\d+/decision$", {"category": "", "action": "keep"}),
    (r"/cases/\d+/second$", {"confirm": False}),
    (r"/series$", {"body": "", "time": "07:00", "first_day": "2099-01-01"}),
)


def document(path: str) -> dict[str, Any] | None:
    return next((each for pattern, each in DOCUMENTS if re.search(pattern, path)), {"body": ""})
