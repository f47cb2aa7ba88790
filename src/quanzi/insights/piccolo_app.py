"""insights, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.insights import tables

APP_CONFIG = AppConfig(
    app_name="insights",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.SeenHour,
        tables.ActiveDay,
        tables.CircleDay,
        tables.SourceDay,
        tables.CircleWeek,
        tables.CohortWeek,
        tables.InsightRoll,
        tables.InsightLetter,
    ],
    migration_dependencies=["quanzi.circles.piccolo_app", "quanzi.posts.piccolo_app"],
)
