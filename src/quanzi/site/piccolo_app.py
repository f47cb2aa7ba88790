"""site, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.site import tables

APP_CONFIG = AppConfig(
    app_name="site",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.Site],
    migration_dependencies=[],
)
