"""How fast one of a million posts is found."""
