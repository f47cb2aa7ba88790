"""circles, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.circles import tables

APP_CONFIG = AppConfig(
    app_name="circles",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.Category,
        tables.Partner,
        tables.Staff,
        tables.Invitation,
        tables.Circle,
        tables.Follow,
        tables.FollowStep,
        tables.CircleSearch,
        tables.Rising,
        tables.Ban,
    ],
    migration_dependencies=["quanzi.identity.piccolo_app"],
)
