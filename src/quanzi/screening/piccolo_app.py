"""screening, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.screening import picture_tables

APP_CONFIG = AppConfig(
    app_name="screening",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[picture_tables.ScreeningPicture],
    migration_dependencies=[],
)
