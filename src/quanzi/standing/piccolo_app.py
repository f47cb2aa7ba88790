"""standing, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.standing import tables

APP_CONFIG = AppConfig(
    app_name="standing",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[tables.CreditAppeal],
    migration_dependencies=["quanzi.credit.piccolo_app", "quanzi.posts.piccolo_app"],
)
