"""The first run: an empty site becomes somebody's, by who can read what its server says."""
