"""Figures of requests, for `/metrics`."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("quanzi_requests_total", "Requests answered", ["method", "status"])
SECONDS = Histogram(
    "quanzi_request_seconds",
    "Seconds per request",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
LIMITED = Counter("quanzi_limited_total", "Requests refused as too many", ["limit"])
LIMIT_ALONE = Counter("quanzi_limits_alone_total", "Limits decided without Valkey")
