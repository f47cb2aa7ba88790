"""federation, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.federation import tables

APP_CONFIG = AppConfig(
    app_name="federation",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.FederatedCircle,
        tables.FederatedServer,
        tables.FederatedFollower,
    ],
    migration_dependencies=["quanzi.circles.piccolo_app"],
)
