"""fans, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.fans import tables

APP_CONFIG = AppConfig(
    app_name="fans",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.Segment,
        tables.FanTag,
        tables.FanTagged,
        tables.FanSetting,
        tables.CheckIn,
        tables.FanStanding,
    ],
    migration_dependencies=["quanzi.circles.piccolo_app"],
)
