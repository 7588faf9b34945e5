"""What pages of every audience are made of: words for moments, fields, chips, steps, doors."""
