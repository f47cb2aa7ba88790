"""offering, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.offering import tables

APP_CONFIG = AppConfig(
    app_name="offering",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.ServiceShelf, tables.Service, tables.ServiceRequest],
    migration_dependencies=[
        "quanzi.circles.piccolo_app",
        "quanzi.posts.piccolo_app",
        "quanzi.fans.piccolo_app",
    ],
)
