"""verification, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.verification import tables

APP_CONFIG = AppConfig(
    app_name="verification",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.VerificationRequest,
        tables.Verified,
        tables.SealedLook,
        tables.OpenidLink,
        tables.BarredPerson,
    ],
    migration_dependencies=["quanzi.identity.piccolo_app", "quanzi.credit.piccolo_app"],
)
