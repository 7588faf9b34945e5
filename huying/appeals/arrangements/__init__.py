"""What administrators set up: each change is checked, made and recorded. Nothing here reads an appeal."""
