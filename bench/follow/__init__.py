"""How many may follow one circle at once."""
