"""links, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.links import tables

APP_CONFIG = AppConfig(
    app_name="links",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.LinkPage],
    migration_dependencies=[],
)
