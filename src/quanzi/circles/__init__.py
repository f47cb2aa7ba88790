"""Circles, the partners who run them, and the way in: a Place, fetched through the person."""
