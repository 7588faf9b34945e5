"""What is done with words: tokens for search, likeness, finding and masking personal data. No framework, no network."""
