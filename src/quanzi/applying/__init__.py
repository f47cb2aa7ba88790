"""Asking the platform to become a partner, or for another circle; and what it decides."""
