"""Pages about people."""

from quanzi.people.routes.finding import choose, dismiss_member, show_people
from quanzi.people.routes.following import follow_member, unfollow_member
from quanzi.people.routes.profile import show_followers, show_following, show_member

ROUTES = [
    show_member,
    show_followers,
    show_following,
    follow_member,
    unfollow_member,
    show_people,
    dismiss_member,
    choose,
]
