"""One file that the whole site can be made from again: database, pictures, keys, anchors."""
