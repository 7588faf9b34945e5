"""Facts in, bytes out, and sheets read back into facts. No framework, no database."""
