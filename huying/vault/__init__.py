"""Keys, and what is done with them. Knows no framework and no database; reads the key files it is given."""
