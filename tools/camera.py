"""Takes images of pictures, in Chromium: light, on a white card, twice the size where that is small enough."""

import base64
import io
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from saved_pictures import Photograph

from backprop_lab.drawing.picture import LOOK
from backprop_lab.live.notebook import FONT

WIDTH, MARGIN = 1076, 10  # in pixels of the page: wide enough for two columns
SCALES = (2, 1.5, 1.25, 1)  # the sharpest first
COLORS = 24
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: "Backprop Lab Math"; src: url(data:font/woff2;base64,{font}) }}
{look} body {{ margin: 0; background: white }} #card {{ padding: {margin}px; overflow: hidden }}
</style><body data-jp-theme-light="true"><div id="card"></div>"""
PUT = """async html => {
  document.getElementById('card').innerHTML = html;
  await document.fonts.load('16px "Backprop Lab Math"');
}"""


class Camera:
    """One browser for all images. It starts with the first: where none is wanted, none is needed."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._pages: dict[float, Page] = {}
        self._taken: dict[tuple[str, float], Photograph] = {}
        self._thread = ThreadPoolExecutor(1)  # Playwright's loop would be in the way of those that run notebooks

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.submit(self._stop).result()
        self._thread.shutdown()

    def take(self, html: str, most_bytes: int) -> Photograph:
        """The image of a picture's HTML, as sharp as its size allows; or else the least sharp."""
        for scale in SCALES:
            if (html, scale) not in self._taken:
                image = trimmed(self._thread.submit(self._shot, html, scale).result(), scale)
                size = round(image.width / scale), round(image.height / scale)
                self._taken[html, scale] = Photograph(packed(image), *size)
            if len(self._taken[html, scale].png) <= most_bytes:
                return self._taken[html, scale]
        return self._taken[html, SCALES[-1]]

    def _shot(self, html: str, scale: float) -> bytes:
        page = self._pages[scale] = self._pages.get(scale) or self._page(scale)
        page.evaluate(PUT, html)
        return page.locator("#card").screenshot(animations="disabled")

    def _page(self, scale: float) -> Page:
        browser = self._browser = self._browser or self._start()
        page = browser.new_page(viewport={"width": WIDTH, "height": 800}, device_scale_factor=scale)
        page.set_content(PAGE.format(font=base64.b64encode(FONT.read_bytes()).decode(), margin=MARGIN, look=LOOK))
        return page

    def _start(self) -> Browser:
        self._playwright = sync_playwright().start()
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        return self._playwright.chromium.launch(executable_path=chromium, args=FLAGS)

    def _stop(self) -> None:
        if self._browser:
            self._browser.close()
        if self._playwright:
            self._playwright.stop()


def trimmed(png: bytes, scale: float) -> Image.Image:
    """The image without what is blank at its right, but for its margin."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    drawn = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox() or (0, 0, *image.size)
    return image.crop((0, 0, min(drawn[2] + round(scale * MARGIN), image.width), image.height))


def packed(image: Image.Image, colors: int = COLORS) -> bytes:
    """As PNG in its most frequent colors, which are kept exactly: areas and lines; the others are edges of letters."""
    file, palette = io.BytesIO(), Image.new("P", (1, 1))
    counted = sorted(image.getcolors(image.width * image.height) or [], reverse=True)[:colors]
    palette.putpalette([channel for _, color in counted for channel in color])  # pyright: ignore
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
