"""Bringing in past appeals from a sheet: the map, the run over its rows, and the report."""
