"""Pictures of figures as SVG for a page: classes only, no style and no script; each knows the table it shows."""
