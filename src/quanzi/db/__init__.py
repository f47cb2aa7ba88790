"""PostgreSQL through Piccolo: the engine, transactions with what follows them, migrations."""
