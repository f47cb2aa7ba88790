"""mail, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.mail import tables

APP_CONFIG = AppConfig(
    app_name="mail",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.Letter],
    migration_dependencies=[],
)
