"""moderation, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.moderation import tables

APP_CONFIG = AppConfig(
    app_name="moderation",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.ReviewCase, tables.Report, tables.Decision, tables.DecisionAppeal],
    migration_dependencies=["quanzi.posts.piccolo_app", "quanzi.screening.piccolo_app"],
)
