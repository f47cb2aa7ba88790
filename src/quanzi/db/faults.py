"""What the database says when it is away, restarting, full or too busy: it is over soon."""

import asyncpg

DATABASE_FAULTS: tuple[type[BaseException], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    ConnectionError,
    FileNotFoundError,
    TimeoutError,
)
