"""The monthly bulletin: facts → paper (DOCX, PDF, HTML), annex (.xlsx) and figures.json, all with the same numbers."""
