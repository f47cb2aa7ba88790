"""The open platform: what the site does for people, it does for their programs."""
