"""Real names: proved once, by a provider or by documents, and shown to nobody."""
