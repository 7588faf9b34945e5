"""Pages by audience: parents, staff, public, set-up. They share `components` and never import each other."""
