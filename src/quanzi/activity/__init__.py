"""What happened in each circle, numbered without gaps in the order of the commits."""
