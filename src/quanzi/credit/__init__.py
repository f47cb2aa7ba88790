"""The credit score: what it stands at, and by what."""
