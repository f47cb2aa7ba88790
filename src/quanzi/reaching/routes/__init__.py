"""Notices at the desk, and the page of one for who was sent it."""

from quanzi.reaching.routes import desk, reading

ROUTES = [
    desk.show_notices,
    desk.show_new,
    desk.write_notice,
    desk.show_notice,
    desk.change_notice,
    desk.test_notice,
    desk.send_notice,
    desk.stop_notice,
    desk.approve_notice,
    desk.decline_notice,
    reading.show_received,
    reading.mute_circle,
    reading.unmute_circle,
]
