"""The pictures of the guides, taken of the running demo by `bin/pictures`."""
