"""Saving the site and bringing it back."""
