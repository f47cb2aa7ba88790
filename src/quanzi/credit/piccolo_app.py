"""credit, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.credit import tables

APP_CONFIG = AppConfig(
    app_name="credit",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.CreditAccount,
        tables.CreditEntry,
        tables.CreditExpiry,
        tables.CreditRuleSet,
        tables.CreditPair,
        tables.CreditCursor,
    ],
    migration_dependencies=["quanzi.identity.piccolo_app"],
)
