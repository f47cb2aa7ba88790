"""Pages about one post, and its pictures."""

from quanzi.posts.routes.images import show_cover, show_image
from quanzi.posts.routes.one import edit_post, show_edit, show_post

ROUTES = [show_post, show_edit, edit_post, show_image, show_cover]
