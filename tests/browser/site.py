"""The site in a real browser that finds no other host: below a path, as any static host gives it."""

import functools
import threading
import time
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Locator, Page, Playwright, Request

from .harness import CHROMIUM, FLAGS

NO_OTHER_HOST = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # for workers too, which a route does not see
)
NEVER = "window.Worker = class { postMessage() {} terminate() {} };"  # a page whose Python is still on its way
SECONDS = 240  # until Python is there, on a busy machine


class Files(SimpleHTTPRequestHandler):
    """The files as they are; what was asked for is noted. While the site is away nobody gets an answer."""

    protocol_version = "HTTP/1.1"
    site: "Site"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        if self.site.away:
            self.close_connection = True
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")  # or what was fetched once is there while the site is away
        super().end_headers()


class Server(ThreadingHTTPServer):
    """A server which does not mind that a page is closed while it loads."""

    def handle_error(self, request: object, client_address: object) -> None:  # pyright: ignore
        """Say nothing."""


class Site:
    """The built site, served, and a browser of its own."""

    def __init__(self, playwright: Playwright, root: Path, path: str) -> None:
        self.playwright, self.root, self.path, self.asked = playwright, root, path, []
        self.away = False  # the browser's own switch reaches a worker that has just been started too late

    def __enter__(self) -> Self:
        kind = type("Noting", (Files,), {"site": self})
        self.server = Server(("127.0.0.1", 0), functools.partial(kind, directory=str(self.root)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.chromium = self.playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, NO_OTHER_HOST])
        self.errors: list[str] = []
        return self

    def __exit__(self, *_: object) -> None:
        self.chromium.close()
        self.server.shutdown()
        self.server.server_close()

    def open(self, name: str, python: str = "", **look: Any) -> "Shown":
        """A page of the site, or a file's address, in a browser that remembers nothing; `python` takes its place."""
        self.away = False
        context = self.chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, **look})
        if python:
            context.add_init_script(python)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: self.errors.append(f"{name}: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(f"{name}: {error}"))
        page.on("requestfailed", self._failed)
        page.goto(name if "://" in name else f"http://127.0.0.1:{self.server.server_port}/{self.path}/{name}")
        return Shown(page)

    def _failed(self, asked: Request) -> None:
        if "ERR_ABORTED" not in str(asked.failure):  # a page that is left while Python comes
            self.errors.append(f"{asked.url} failed: {asked.failure}")


class Shown:
    """A page as a learner uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def alive(self) -> None:
        """Wait until Python has run all cells."""
        self.page.wait_for_function("() => document.body.dataset.python === 'ready'", timeout=1000 * SECONDS)

    def until(self, true: Callable[[], bool], seconds: float = 20) -> None:
        """Wait for something."""
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "it did not come"
            self.page.wait_for_timeout(50)

    def cell(self, chosen: str) -> Locator:
        """The code cell that a selector finds."""
        return self.page.locator(f".cell.code{chosen}").first

    def write(self, cell: Locator, code: str) -> None:
        """Put other code into the editor of a cell."""
        cell.locator(".cm-content, textarea").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)

    def choose(self, words: str) -> None:
        """Do what the menu of the page offers."""
        self.page.locator("#menu summary").click()
        self.page.locator("#menu").get_by_role("button", name=words).click()

    def run(self, cell: Locator) -> str:
        """Run a cell from its editor; what it shows then."""
        self.page.keyboard.press("Shift+Enter")
        self.until(lambda: cell.get_attribute("data-state") in ("done", "failed"), 60)
        return cell.locator(".output").inner_text()
