"""One's own data: taking it along (PIPL Art. 45), and having it erased (Art. 47).

register.py decides for every column that names a member what an export says of it and what
erasure does with it; a house test fails on a column that it does not know.
"""
