"""A post that looks otherwise from now on, though its words are the same."""

from quanzi.db.engine import rows


async def raise_version(circle_id: int, post_id: int) -> int:
    """The new version, which makes open pages draw it anew. The post must be locked.

    Words that wait for it, and words that were kept before stars came over them, are about this
    version as they were about the one before.
    """
    [changed] = await rows(
        """update post set version = version + 1 where circle_id = $1 and id = $2
           returning version""",
        circle_id,
        post_id,
    )
    await words_follow(circle_id, post_id, changed["version"] - 1, changed["version"])
    await rows(
        """update withheld set version = version + 1
           where circle_id = $1 and post_id = $2 and comment_id = 0""",
        circle_id,
        post_id,
    )
    return int(changed["version"])


async def words_follow(circle_id: int, post_id: int, before: int, after: int) -> None:
    """New words that wait and were about one version of a post are about another."""
    await rows(
        """update held_edit set version = $4
           where circle_id = $1 and post_id = $2 and version = $3""",
        circle_id,
        post_id,
        before,
        after,
    )
