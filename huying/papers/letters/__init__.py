"""Letters and minutes of oversight, each from its own frozen facts to an official paper; the wording stands here."""
