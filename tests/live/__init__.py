"""The hosts, by their real callbacks."""
