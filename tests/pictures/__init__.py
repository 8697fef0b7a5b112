"""The pictures: pure functions from a state to markup, tested as such."""
