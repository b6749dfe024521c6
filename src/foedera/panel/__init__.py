"""The same answers in bulk: tables."""
