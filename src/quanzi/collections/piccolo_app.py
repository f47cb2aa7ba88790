"""collections, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.collections import tables

APP_CONFIG = AppConfig(
    app_name="collections",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.Collection,
        tables.Section,
        tables.CollectionEntry,
        tables.CollectionSuggestion,
        tables.CollectionSearch,
    ],
    migration_dependencies=["quanzi.posts.piccolo_app"],
)
