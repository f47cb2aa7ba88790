"""platform, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.platform import tables

APP_CONFIG = AppConfig(
    app_name="platform",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.AccessKey,
        tables.OAuthApp,
        tables.OAuthGrant,
        tables.OAuthCode,
        tables.OAuthToken,
        tables.Webhook,
        tables.WebhookDelivery,
    ],
    migration_dependencies=["quanzi.identity.piccolo_app", "quanzi.circles.piccolo_app"],
)
