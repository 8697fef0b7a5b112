"""Lecture mode, for a class before one screen: `BACKPROP_LAB_LECTURE=1` switches it on, and `?lecture` in the site.

Type is larger, an answer that was given is kept until *reveal* is pressed, and nothing is scored.
"""

import os

SWITCH = "BACKPROP_LAB_LECTURE"


def lecturing() -> bool:
    """Whether it is on now."""
    return os.environ.get(SWITCH, "") not in ("", "0")
