"""planning, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.planning import tables

APP_CONFIG = AppConfig(
    app_name="planning",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.PlannedDigest, tables.Series],
    migration_dependencies=["quanzi.curation.piccolo_app"],
)
