"""The hosts: they hand events to `update` and show what `view` gives, and know no picture.

In a notebook that is an anywidget; where there is none, as in a page of the site, the page itself.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING or find_spec("anywidget"):
    from backprop_lab.live.notebook import Live, live
else:
    from backprop_lab.live.page import Live, live

__all__ = ["Live", "live"]
