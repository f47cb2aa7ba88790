"""Figures of mail, for `/metrics`."""

from prometheus_client import Counter

LETTERS = Counter("quanzi_letters_total", "Letters by what became of them", ["how"])
