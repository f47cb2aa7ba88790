"""How fast a member's home page is merged from many circles."""
