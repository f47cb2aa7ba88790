"""The services that a partner offers in its circles, and what members ask of them."""
