"""reaching, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.reaching import tables

APP_CONFIG = AppConfig(
    app_name="reaching",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.CircleNotice,
        tables.CircleNoticeSent,
        tables.CircleNoticeMute,
        tables.CircleNewcomer,
    ],
    migration_dependencies=["quanzi.circles.piccolo_app"],
)
