"""people, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.people import tables

APP_CONFIG = AppConfig(
    app_name="people",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.MemberFollow,
        tables.MemberFigure,
        tables.Dismissal,
        tables.PeopleSetting,
    ],
    migration_dependencies=["quanzi.posts.piccolo_app"],
)
