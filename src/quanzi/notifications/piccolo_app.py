"""notifications, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.notifications import tables

APP_CONFIG = AppConfig(
    app_name="notifications",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.Notice, tables.Preference, tables.Digest],
    migration_dependencies=["quanzi.curation.piccolo_app"],
)
