"""curation, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.curation import tables

APP_CONFIG = AppConfig(
    app_name="curation",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.Pin, tables.PinBoard, tables.PinBrought],
    migration_dependencies=["quanzi.posts.piccolo_app"],
)
