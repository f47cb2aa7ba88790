"""Collections: posts that an editor picked, in sections and in order, so that they stay useful.

Below curation: a post's menu there says what the post is in, and may put it into another.
"""
