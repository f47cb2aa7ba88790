"""A circle's followers, as its partner keeps in touch with them: who they are here, in which groups."""
