"""Search in Chinese and English: texts are cut into words here, PostgreSQL keeps and finds them.

The server has no dictionary of Chinese, so nothing of its text configuration is used: a text becomes
a `tsvector` with positions that is written out in full, a query becomes a `tsquery` likewise.
"""
