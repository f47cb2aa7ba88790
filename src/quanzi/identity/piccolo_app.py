"""identity, as Piccolo sees it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from quanzi.identity import tables

APP_CONFIG = AppConfig(
    app_name="identity",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=[
        tables.Member,
        tables.Credential,
        tables.Session,
        tables.Revocation,
        tables.Mailbox,
        tables.MailboxWish,
        tables.MemberSearch,
        tables.Leaving,
        tables.Consent,
    ],
    migration_dependencies=[],
)
