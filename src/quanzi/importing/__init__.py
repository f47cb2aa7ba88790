"""Posts from somewhere else: a file is read, tried row by row, and brought in once somebody has agreed."""
