"""Figures of the live connection, for `/metrics`."""

from prometheus_client import Counter, Gauge, Histogram

PAGES = Gauge("quanzi_live_pages", "Open live pages", multiprocess_mode="livesum")
CIRCLES = Gauge("quanzi_live_circles", "Circles followed", multiprocess_mode="livesum")
EVENTS = Counter("quanzi_live_events_total", "Events drawn and sent to open pages")
FRAMES = Counter("quanzi_live_frames_total", "Event frames written")
RESUMES = Counter("quanzi_live_resumes_total", "Pages that resumed", ["how"])
CLOSED_SLOW = Counter("quanzi_live_closed_slow_total", "Pages closed for reading too slowly")
TURNED_AWAY = Counter("quanzi_live_turned_away_total", "Pages closed for a lost right")
HINTS = Counter("quanzi_live_hints_total", "Hints received from Valkey")
HINTS_FAILED = Counter("quanzi_live_hints_failed_total", "Hints that could not be sent")
RING = Gauge(
    "quanzi_live_ring",
    "Workers that write to many pages in one call of the kernel's",
    multiprocess_mode="livesum",
)
TAIL_FAILED = Counter("quanzi_live_tail_failed_total", "Tail passes that failed")
BROADCAST = Histogram(
    "quanzi_live_broadcast_seconds",
    "From reading an event to its last page",
    buckets=(0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)
