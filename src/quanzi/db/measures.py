"""Figures of the database, for `/metrics`."""

from prometheus_client import Counter

REPLICA = Counter(
    "quanzi_replica_reads_total", "Pages asked for from the copy of the database", ["how"]
)
for how in ("read", "behind", "other", "away"):
    REPLICA.labels(how)  # so that a figure is there before it is more than nothing
