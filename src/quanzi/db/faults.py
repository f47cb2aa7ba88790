"""What the database says when it is away, restarting, full or too busy: it is over soon."""

import asyncpg

DATABASE_FAULTS: tuple[type[BaseException], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    # Said of a connection whose server has just hung up.
    asyncpg.InternalClientError,
    ConnectionError,
    FileNotFoundError,
    TimeoutError,
)
