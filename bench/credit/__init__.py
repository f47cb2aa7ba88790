"""How fast credit is entered, read and recounted."""
