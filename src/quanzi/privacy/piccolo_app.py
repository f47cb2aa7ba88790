"""privacy, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.privacy import tables

APP_CONFIG = AppConfig(
    app_name="privacy",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.DataExport],
    migration_dependencies=["quanzi.people.piccolo_app"],
)
