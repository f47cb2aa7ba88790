"""Piccolo's own settings: the engine, and the apps in the order of the house's floors."""

from piccolo.conf.apps import AppRegistry

from quanzi.db.engine import ENGINE

DB = ENGINE

APP_REGISTRY = AppRegistry(
    apps=[
        "quanzi.site.piccolo_app",
        "quanzi.mail.piccolo_app",
        "quanzi.audit.piccolo_app",
        "quanzi.identity.piccolo_app",
        "quanzi.screening.piccolo_app",
        "quanzi.links.piccolo_app",
        "quanzi.push.piccolo_app",
        "quanzi.activity.piccolo_app",
        "quanzi.credit.piccolo_app",
        "quanzi.verification.piccolo_app",
        "quanzi.circles.piccolo_app",
        "quanzi.applying.piccolo_app",
        "quanzi.posts.piccolo_app",
        "quanzi.collections.piccolo_app",
        "quanzi.curation.piccolo_app",
        "quanzi.planning.piccolo_app",
        "quanzi.fans.piccolo_app",
        "quanzi.importing.piccolo_app",
        "quanzi.offering.piccolo_app",
        "quanzi.moderation.piccolo_app",
        "quanzi.insights.piccolo_app",
        "quanzi.standing.piccolo_app",
        "quanzi.people.piccolo_app",
        "quanzi.privacy.piccolo_app",
        "quanzi.notifications.piccolo_app",
        "quanzi.reaching.piccolo_app",
        "quanzi.platform.piccolo_app",
        "quanzi.federation.piccolo_app",
    ]
)
