"""What every process looks after by itself: all that is due, of all domains."""

from functools import partial

from quanzi.admin import sampling
from quanzi.audit import anchoring
from quanzi.circles import banning, rising
from quanzi.curation import due as curation_due
from quanzi.fans import due as fans_due
from quanzi.federation import delivering as federation
from quanzi.importing import due as importing_due
from quanzi.insights import due as insights_due
from quanzi.jobs.ticker import Ticker
from quanzi.jobs.watch import Due, Watch, Watched
from quanzi.mail import sending
from quanzi.moderation import closing, opening
from quanzi.notifications import digest, pushing, telling, trimming
from quanzi.offering import due as offering_due
from quanzi.outbound.posting import Outbound
from quanzi.planning import highlighting, making
from quanzi.platform import delivering
from quanzi.platform import due as platform_due
from quanzi.posts import cards, looking, purging, unsent
from quanzi.posts import due as posts_due
from quanzi.privacy import due as privacy_due
from quanzi.push import sending as push_sending
from quanzi.reaching import due as reaching_due
from quanzi.screening import prints
from quanzi.site import naming
from quanzi.standing import due as standing_due
from quanzi.verification import barring


def tickers(outbound: Outbound) -> list[Ticker]:
    """What is rare looks for itself; what people wait for is watched for all at once."""
    every = _every(outbound)
    return [*every, Watch([each for each in every if isinstance(each, Watched)])]


def _every(outbound: Outbound) -> list[Ticker]:
    """Apart, so that a slow mail server or a flood of likes never holds up a planned post."""
    sender = push_sending.Sender(outbound, pushing.words)
    return [
        Watched(
            {
                "posts": Due(posts_due.WAITS, posts_due.publish_due),
                "pins": Due(curation_due.WAITS, curation_due.turn_due),
                "series": Due(making.DUE, making.make_due),
                "highlights": Due(f"select from {highlighting.IS_DUE}", highlighting.digest_due),
                "rising": Due(f"select where not exists ({rising.LATELY})", rising.count_due),
            }
        ),
        Watched({"notices": Due(telling.WAITS, telling.tell_due)}),
        Watched({"cases": Due(f"select from {opening.IS_DUE}", opening.open_due)}),
        Ticker({"cases.moot": closing.close_moot}, every=5.0),
        Watched({"pictures": Due(f"select from {looking.IS_DUE}", looking.look_due)}),
        Ticker(
            {
                "bans.over": banning.lift_due,
                "withheld.old": purging.purge_due,
                "unsent.old": unsent.purge_due,
            },
            every=5.0,
        ),
        Ticker({"prints.old": prints.trim, "barred.over": barring.forget_due}, every=60.0),
        Watched(
            {
                "digests": Due(f"select from {digest.IS_DUE}", digest.write_due),
                "letters": Due(f"select from {sending.IS_DUE}", sending.send_due),
            }
        ),
        Watched({"pushes": Due(f"select from {push_sending.IS_DUE}", sender.send_due)}),
        Watched({"cards": Due(f"select from {cards.IS_DUE}", partial(cards.card_due, outbound))}),
        Ticker({"cards.old": cards.forget_old}, every=60.0),
        Ticker({"notices.old": trimming.trim_old}, every=60.0),
        Ticker({"audit.anchors": anchoring.anchor_due}, every=60.0),
        Ticker({"site.name": naming.look}, every=5.0),
        Ticker({"samples": sampling.take}, every=60.0),
        *fans_due.tickers(),
        *importing_due.tickers(),
        *offering_due.tickers(),
        *insights_due.tickers(),
        *reaching_due.tickers(),
        *delivering.tickers(outbound),
        *federation.tickers(outbound),
        *standing_due.tickers(),
        *platform_due.tickers(),
        *privacy_due.tickers(),
    ]
