"""The circle's page, its composer, its pins, its live connection."""

from quanzi.curation.routes.circle import show_circle, show_topic
from quanzi.curation.routes.composer import show_composer, write_post
from quanzi.curation.routes.controls import pin_post, show_controls, unpin_post
from quanzi.curation.routes.live import live, missed
from quanzi.curation.routes.previews import preview_post

ROUTES = [
    show_circle,
    show_topic,
    show_composer,
    write_post,
    preview_post,
    show_controls,
    pin_post,
    unpin_post,
    live,
    missed,
]
