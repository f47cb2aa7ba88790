"""What a partner makes stand out: pins. And the circle's page, which shows it all together."""
