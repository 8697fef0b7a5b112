"""The hosts: they hand events to `update` and show what `view` gives, and know no picture."""

from backprop_lab.live.notebook import Live, live

__all__ = ["Live", "live"]
