"""The widgets, by their real callbacks."""
