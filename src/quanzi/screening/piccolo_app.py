"""screening, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.screening import picture_tables, tables

APP_CONFIG = AppConfig(
    app_name="screening",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.ScreeningList,
        tables.ScreeningPrint,
        tables.ScreeningPolicy,
        tables.ScreeningVerdict,
        picture_tables.ScreeningPicture,
    ],
    migration_dependencies=["quanzi.identity.piccolo_app"],
)
