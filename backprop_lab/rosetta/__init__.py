"""Everybody else's notation: the same gradient in each, computed there and translated; slips seen in print; exports."""
