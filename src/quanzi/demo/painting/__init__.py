"""The demo's pictures, drawn when they are loaded: flat scenes made of simple shapes."""
