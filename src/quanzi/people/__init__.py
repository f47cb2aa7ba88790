"""People to people: profiles, following each other, and finding who likes the same things."""
