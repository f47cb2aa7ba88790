"""A member's home: what is new in the circles they follow, merged when it is read."""
