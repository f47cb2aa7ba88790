"""The site itself: what it is called, and since when it is somebody's."""
