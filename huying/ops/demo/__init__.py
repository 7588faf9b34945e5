"""澄川县, a county that does not exist: its people, and three months of what parents bring."""
