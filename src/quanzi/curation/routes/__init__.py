"""The circle's page, its composer, its pins, its live connection."""

from quanzi.curation.routes.circle import show_circle, show_topic
from quanzi.curation.routes.composer import keep_unsent, show_composer, write_post
from quanzi.curation.routes.controls import collect_post, pin_post, show_controls, unpin_post
from quanzi.curation.routes.desk import show_desk
from quanzi.curation.routes.digest import digest_post, show_digest, undigest_post
from quanzi.curation.routes.live import live, missed
from quanzi.curation.routes.previews import preview_post
from quanzi.curation.routes.undo import repin_post, restore_post

ROUTES = [
    show_desk,
    show_circle,
    show_topic,
    show_composer,
    keep_unsent,
    write_post,
    preview_post,
    show_controls,
    pin_post,
    unpin_post,
    repin_post,
    restore_post,
    collect_post,
    show_digest,
    digest_post,
    undigest_post,
    live,
    missed,
]
