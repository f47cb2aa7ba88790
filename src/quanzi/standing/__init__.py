"""What members' credit comes from, what it says to them, and what the platform makes of it."""
