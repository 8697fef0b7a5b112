"""The views: pure functions from a state to a picture, tested as such."""
