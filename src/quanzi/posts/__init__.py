"""Posts: writing, editing, removing; the feed; and a post's one drawing."""
