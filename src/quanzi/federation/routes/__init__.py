"""What other servers ask for, what they send, and the owner's form."""

from typing import Any

from quanzi.federation.routes import actors, finding, inbox, settings

ROUTES: list[Any] = [
    actors.show_group,
    actors.show_author,
    actors.show_author_outbox,
    actors.show_post,
    actors.show_outbox,
    actors.show_followers,
    actors.show_moderators,
    inbox.take_in,
    finding.show_webfinger,
    finding.show_where_nodeinfo_is,
    finding.show_nodeinfo,
    settings.show_settings,
    settings.turn,
]
