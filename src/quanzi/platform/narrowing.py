"""What becomes of what members allowed when their app asks for less, or leads elsewhere.

For good and not while it lasts: who let an app post does not find it posting again because its maker
has put that back.
"""

from collections.abc import Sequence

from quanzi.db.engine import rows
from quanzi.platform.redirects import is_one_of


async def narrow(app_id: int, addresses: Sequence[str], scopes: Sequence[str]) -> None:
    """In the transaction that holds the app. The families first, which who gives tokens holds, too: so
    none is given of the old ones meanwhile.
    """
    await rows(
        """update oauth_grant set scopes = array(select s from unnest(scopes) s where s = any($2))
           where app_id = $1 and not scopes <@ $2""",
        app_id,
        list(scopes),
    )
    await rows(
        """update oauth_token t
           set scopes = array(select s from unnest(t.scopes) s where s = any($2))
           from oauth_grant g where g.id = t.grant_id and g.app_id = $1 and not t.scopes <@ $2""",
        app_id,
        list(scopes),
    )
    waiting = await rows(
        """select c.redirect, c.grant_id from oauth_code c join oauth_grant g on g.id = c.grant_id
           where g.app_id = $1 and not c.spent""",
        app_id,
    )
    nowhere = [line["grant_id"] for line in waiting if not is_one_of(line["redirect"], addresses)]
    # With nothing left, or with nobody to bring its code to, it is no permission any more.
    await rows(
        """delete from oauth_grant
           where app_id = $1 and (scopes = '{}' or id = any($2::bigint[]))""",
        app_id,
        nowhere,
    )
