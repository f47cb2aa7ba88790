"""Things that fall due: rows with a time, taken by whoever looks first.

There is no queue beside the tables: a planned post, a pin with an end *is* its own durable job,
written in the verb's own transaction. Each domain's `due.py` takes its rows with `for update skip
locked` or under its own lock, so any number of processes may look.
"""
