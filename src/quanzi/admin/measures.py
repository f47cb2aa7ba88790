"""Figures of what waits, for `/metrics`: set once a minute by `sampling.py`."""

from prometheus_client import Gauge

WAITING = Gauge("quanzi_waiting", "Due and not done", ["queue"], multiprocess_mode="max")
OLDEST = Gauge(
    "quanzi_waiting_seconds",
    "Seconds since the oldest of what is due fell due",
    ["queue"],
    multiprocess_mode="max",
)
BACKUP = Gauge(
    "quanzi_backup_age_seconds",
    "Seconds since the last backup; -1 when none is known",
    multiprocess_mode="max",
)
