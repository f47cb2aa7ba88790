"""How pages come and go: templates, languages, doors, sessions, forgery, limits, refusals."""
