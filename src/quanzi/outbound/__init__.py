"""Requests to addresses that people gave us: never to the inside, never for long, never for much."""
