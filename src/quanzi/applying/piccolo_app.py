"""applying, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.applying import tables

APP_CONFIG = AppConfig(
    app_name="applying",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.Application],
    migration_dependencies=["quanzi.identity.piccolo_app", "quanzi.circles.piccolo_app"],
)
