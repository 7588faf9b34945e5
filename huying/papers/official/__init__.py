"""Papers laid out by the habits of official documents (按公文习惯排版): one description, three renderings of it."""
