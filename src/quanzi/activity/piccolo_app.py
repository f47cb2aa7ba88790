"""activity, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.activity import tables

APP_CONFIG = AppConfig(
    app_name="activity",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.Head,
        tables.Event,
        tables.History,
        tables.Once,
        tables.Tally,
        tables.Concern,
    ],
    migration_dependencies=["quanzi.identity.piccolo_app"],
)
