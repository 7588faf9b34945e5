"""What oversight does: one file, one function, one act."""
