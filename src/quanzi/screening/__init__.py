"""What machines say of texts and pictures before anybody sees them, and what follows from that."""
