"""Notices: what a partner sends to the followers of a circle, or to a segment of them."""
