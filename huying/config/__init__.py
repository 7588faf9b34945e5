"""Settings, addresses and the entry point."""
