"""importing, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.importing import tables

APP_CONFIG = AppConfig(
    app_name="importing",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.PostImport, tables.PostImportRow],
    migration_dependencies=["quanzi.posts.piccolo_app"],
)
