"""A circle that people follow from other servers (ActivityPub): they read, nothing of theirs comes in."""
