"""Finding circles, posts and people: the directory, what rises, and the search."""
