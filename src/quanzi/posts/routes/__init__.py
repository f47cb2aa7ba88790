"""Pages about one post, what is said about it, and its pictures."""

from quanzi.posts.routes.images import show_cover, show_image
from quanzi.posts.routes.likes import like_post, unlike_post
from quanzi.posts.routes.one import edit_post, show_edit, show_post, show_thread
from quanzi.posts.routes.talk import complete_name, show_comment, write_comment
from quanzi.posts.routes.undo import restore_comment

ROUTES = [
    show_post,
    show_thread,
    show_edit,
    edit_post,
    like_post,
    unlike_post,
    write_comment,
    show_comment,
    restore_comment,
    complete_name,
    show_image,
    show_cover,
]
