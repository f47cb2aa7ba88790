"""push, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.push import tables

APP_CONFIG = AppConfig(
    app_name="push",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.PushSubscription, tables.PushMessage],
    migration_dependencies=["quanzi.identity.piccolo_app"],
)
