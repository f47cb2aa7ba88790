"""Quanzi 圈子: a self-hosted, live community site."""

__version__ = "0.1.0"
