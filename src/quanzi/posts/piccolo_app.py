"""posts, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.posts import tables

APP_CONFIG = AppConfig(
    app_name="posts",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.Post,
        tables.Image,
        tables.Topic,
        tables.Comment,
        tables.Liking,
        tables.Mention,
        tables.PostSearch,
        tables.Withheld,
        tables.CarriedService,
        tables.HeldEdit,
        tables.Plan,
        tables.Template,
        tables.Unsent,
        tables.Digested,
        tables.PostLink,
    ],
    migration_dependencies=["quanzi.circles.piccolo_app", "quanzi.activity.piccolo_app"],
)
