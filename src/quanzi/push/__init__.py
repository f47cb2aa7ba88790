"""Messages to browsers that are not looking: Web Push (RFC 8030, 8291, 8292). Knows no domain."""
