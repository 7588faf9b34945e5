"""Facts in, bytes out: sheets, cards, pictures, calendar files, charts. Knows no framework and no database."""
