"""What the machine said of something, without a machine."""

import json

from quanzi.db.engine import rows


async def found(
    circle_id: int,
    author,
    *,
    category: str = "fraud",
    score: int = 60,
    action: str = "hold",
    post_id: int = 0,
    comment_id: int = 0,
    kind: str = "post",
    days_ago: float = 0,
    harder: int = 0,
    place: tuple[int, int] = (0, 2),
) -> None:
    await rows(
        """insert into screening_verdict (kind, circle_id, post_id, comment_id, author_id, action,
                                          category, score, harder, findings, case_id, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, now() - $11 * interval '1 day')""",
        kind,
        circle_id,
        post_id,
        comment_id,
        author.member_id,
        action,
        category,
        score,
        harder,
        json.dumps([[category, score / 100, *place, "word"]]),
        days_ago,
    )
