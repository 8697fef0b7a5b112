"""Take a picture of a notebook, or of one element of it, in the real JupyterLab after a run (the last line: README's).

python tools/screenshot.py notebooks/00_start_here.ipynb 00.png --theme dark --width 800
python tools/screenshot.py notebooks/00_start_here.ipynb docs/explorer.png --element '.bl-stage:has(.bl-equations)'
"""

import argparse
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from browser.harness import OUTPUTS, THEMES, Browser, Server  # the harness of the browser tests

WHOLE = ".jp-WindowedPanel-viewport"


def main() -> None:
    """Open, run, take the picture; AssertionError when the notebook is not clean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument(
        "--element", help="CSS selector inside the outputs; the first hit is taken. Else: the whole notebook"
    )
    parser.add_argument("--theme", choices=THEMES, default="light")
    parser.add_argument("--width", type=int, default=1400, help="of the window, in pixels")
    wanted = parser.parse_args()
    with (
        Server() as server,
        Browser() as browser,
        browser.open(server, wanted.notebook, theme=wanted.theme, width=wanted.width) as lab,
    ):
        lab.run_all()
        lab.assert_clean()
        lab.show_all()
        lab.screenshot(wanted.picture, f"{OUTPUTS} {wanted.element}" if wanted.element else WHOLE)


if __name__ == "__main__":
    main()
