"""JupyterLab in a real browser: a server, a browser, and a notebook page which is used as a learner uses it."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psutil
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Error, Page, sync_playwright
from playwright.sync_api import TimeoutError as NoAnswer

import backprop_lab

from . import axe
from .fonts import environment
from .parts import Act, Button, Slider, Stage, Window, box_of, exactly

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
OUTPUTS = ".jp-Notebook .jp-OutputArea-output"
SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension/themes": {"adaptive-theme": False},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},  # each cell's output is on the page
}
PAGE_CONFIG = {"buildAvailable": False, "buildCheck": False}  # else Node.js is asked for each page
EXTENSIONS = Path(backprop_lab.__file__).parent / "live" / "jupyter"  # an older installation has older ones
NOT_OURS = "@jupyterlite/"  # the extra `lite` has an extension for its own pages, which JupyterLab cannot load
WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"


class Server:
    """JupyterLab on an empty folder of its own: loopback, free port, no token, nothing of the user's settings."""

    def __init__(self, settings: dict[str, dict[str, Any]] = SETTINGS) -> None:
        self.settings = settings

    def __enter__(self) -> Self:
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:  # or a stopped run would leave the server behind
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        self.home = Path(tempfile.mkdtemp(prefix="backprop-lab-"))
        self.folder = self.home / "notebooks"
        self.folder.mkdir()
        files = {f"settings/{name}.jupyterlab-settings": value for name, value in self.settings.items()}
        for name, value in {**files, "config/labconfig/page_config.json": PAGE_CONFIG}.items():
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(value), encoding="utf-8")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.home / "server.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self._command(), stdout=log, stderr=subprocess.STDOUT, env=self._environment(), start_new_session=True
            )
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        family = psutil.Process(self.process.pid).children(recursive=True) if self.process.poll() is None else []
        self.process.terminate()
        try:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
        finally:  # whatever breaks in, such as the end of the run
            self.process.kill()
            self.process.wait()
            for child in family:  # kernels that outlived the server: only ours
                if child.is_running():
                    child.kill()
            shutil.rmtree(self.home, ignore_errors=True)

    def _command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ip=127.0.0.1", f"--port={self.port}", "--ServerApp.port_retries=0"),
            *("--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={self.folder}"),
            *("--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"),
        ]

    def _environment(self) -> dict[str, str]:
        own = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython"}
        own |= {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
        own |= {"JUPYTER_DATA_DIR": "data"}  # which notebooks are trusted
        ours = {"JUPYTER_PATH": str(EXTENSIONS), "JUPYTER_CONFIG_PATH": str(EXTENSIONS)}
        ours |= {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        return {**os.environ, **ours} | {k: str(self.home / v) for k, v in own.items()}

    def _wait(self, seconds: float = 90) -> None:
        end = time.monotonic() + seconds
        while True:
            try:
                return urllib.request.urlopen(f"{self.url}/api/status", timeout=2).close()
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("JupyterLab did not start:\n" + self.log.read_text(encoding="utf-8")) from None
            time.sleep(0.2)


NEXT = """async path => {
  const old = jupyterapp.shell.currentWidget;
  await jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
  old.context.model.dirty = false;  // nobody is asked whether to save
  old.dispose();
}"""  # the old one goes last: where there is none JupyterLab offers its launcher


CHANGED = """() => Promise.all(document.getAnimations()
  .filter(one => one instanceof CSSTransition)  // a cursor blinks for seconds
  .map(one => one.finished.catch(() => 0)))"""
CELLS = """sources => {
  const {sharedModel: notebook} = jupyterapp.shell.currentWidget.context.model;
  notebook.transact(() => {
    notebook.deleteCellRange(0, notebook.cells.length);
    notebook.insertCells(0, sources.map(source => ({cell_type: 'code', source, metadata: {}})));
  });
}"""


class Browser:
    """Headless Chromium: one process for each set of fonts that is asked for.

    Parameters
    ----------
    keep : whether a page that is no longer needed stays, to open the next notebook: JupyterLab takes long to load
    """

    def __init__(self, *, keep: bool = False) -> None:
        self.keep = keep

    def __enter__(self) -> Self:
        self.playwright, self.running, self.free = sync_playwright().start(), {}, {}
        try:
            self.seeing("dejavu")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            for chromium in self.running.values():
                chromium.close()
        finally:
            self.playwright.stop()

    def seeing(self, fonts: str) -> Chromium:
        """The one that sees these fonts only, where they are installed."""
        if fonts not in self.running:
            env: dict[str, Any] = {**os.environ, **environment(fonts)}
            start = self.playwright.chromium.launch
            self.running[fonts] = start(executable_path=CHROMIUM, args=FLAGS, env=env)
        return self.running[fonts]

    def open(
        self,
        server: Server,
        notebook: Path,
        *,
        theme: str = "light",
        width: int = 1200,
        height: int = 1000,
        fonts: str = "dejavu",
    ) -> "Lab":
        """A copy of the notebook in a page of its own, its kernel ready."""
        folder = Path(tempfile.mkdtemp(dir=server.folder))  # of its own: notebooks of the same name are not mistaken
        shutil.copy(notebook, folder)
        free = self.free.setdefault((server.url, fonts), [])
        page = free.pop() if free else self._new(fonts)
        page.set_viewport_size({"width": width, "height": height})
        url = f"{server.url}/doc/tree/{folder.name}/{notebook.name}"
        return Lab(page, url, theme, server.log, free if self.keep else None)

    def _new(self, fonts: str) -> Page:
        page = self.seeing(fonts).new_page()
        page.set_default_timeout(30_000)
        page.add_init_script(WATCH)
        return page


class Lab:
    """One notebook in JupyterLab."""

    def __init__(self, page: Page, url: str, theme: str, log: Path, free: list[Page] | None = None) -> None:
        self.page, self.url, self.log, self.free, self.console = page, url, log, free, []
        self.listeners = {
            "console": self._heard,
            "pageerror": lambda error: self.console.append(f"page error: {error}"),
        }
        for event, listener in self.listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]
        if page.url == "about:blank":
            page.goto(url)
        else:
            page.evaluate(NEXT, url.partition("/doc/tree/")[2])
        self._ready()
        self.theme(theme)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and NOT_OURS not in message.text:
            self.console.append(message.text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        if self.free is None:
            return self.page.close()
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)
        return self.free.append(self.page)

    def _ready(self) -> None:
        there = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
        self.page.wait_for_function(there, timeout=90_000)  # on a busy machine JupyterLab takes long
        self.page.wait_for_function(f"() => {KERNEL}.status === 'idle'", timeout=60_000)
        self.page.evaluate(f"() => watch.kernel({KERNEL})")

    def become(self, *sources: str, theme: str = "light", width: int = 1200, height: int = 1000) -> None:
        """Be a notebook of these code cells, and run it: in the same page and kernel as the last one."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.theme(theme)
        self.page.evaluate(CELLS, list(sources))
        self.settled()
        self.console.clear()
        self.page.evaluate(f"() => watch.kernel({KERNEL})")
        self.run_all()

    def reload(self) -> None:
        """Load the page again, as somebody does who comes back; its kernel ready."""
        self.page.goto(self.url)
        self._ready()

    def run_all(self, seconds: float = 120) -> None:
        """Run every cell and wait for the last; a cell that ends with an error is an AssertionError."""
        self.page.evaluate("() => { watch.run(); }")
        self.page.wait_for_function("() => watch.ran && watch.shown()", timeout=1000 * seconds)
        self.settled(seconds)
        failed = [error for error in self.errors() if error.startswith("in execute_request")]
        assert not failed, failed[0]

    def settled(self, seconds: float = 30) -> None:
        """Wait until the kernel has answered every message and the browser has drawn the answers."""
        try:
            self.page.wait_for_function("() => watch.settled()", timeout=1000 * seconds)
        except NoAnswer as late:
            owed, log = self.page.evaluate("() => watch.debts()"), self.log.read_text(encoding="utf-8")[-2000:]
            raise AssertionError("\n".join([f"not settled after {seconds} s:", *owed, *self.errors(), log])) from late

    def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until `holds()`; AssertionError when it does not within the time."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"did not become true within {seconds} s"
            self.page.wait_for_timeout(20)

    def slider(self, label: str) -> Slider:
        """The first slider with this name."""
        return Slider(self, self.page.locator(f'{OUTPUTS} input[type=range][aria-label="{label}"]').first)

    def sliders(self) -> list[Slider]:
        """Every slider on the page."""
        return [Slider(self, one) for one in self.page.locator(f"{OUTPUTS} input[type=range][data-turn]").all()]

    def button(self, label: str) -> Button:
        """The first button whose visible text is `label`."""
        return Button(self, self.page.locator(f"{OUTPUTS} button").filter(has_text=exactly(label)).first)

    def buttons(self) -> list[Button]:
        """Every button on the page."""
        return [Button(self, one) for one in self.page.locator(f"{OUTPUTS} button[data-press]").all()]

    def stage(self, label: str) -> Stage:
        """The picture which is called `label`."""
        return Stage(self, self.page.locator(".bl-stage").filter(has=self.page.get_by_label(label, exact=True)).first)

    def stages(self) -> list[Stage]:
        """Every picture on the page."""
        return [Stage(self, one) for one in self.page.locator(f"{OUTPUTS} .bl-stage:has(.bl-stage-picture)").all()]

    def walk(self, *windows: Window) -> list[tuple[str, list[Act]]]:
        """Try all that the pictures offer, a hand a picture, at once; eight controls where the name was met before.

        It is done in the first of the windows, in pictures as wide as the first and the last of them make them in turn,
        and measured in pictures as wide as each of them makes them.
        """
        stages = [(stage.label(), stage.root.element_handle()) for stage in self.stages()]
        labels, roots = [label for label, _ in stages], [root for _, root in stages]
        mosts = [8 if label in labels[:at] else 1000 for at, label in enumerate(labels)]
        widths = [self._widths(window) for window in reversed(windows)][::-1]
        found = self.page.evaluate("([roots, ...how]) => watch.walk(roots, ...how)", [roots, mosts, widths])
        acts = [[Act(**{**row, "window": windows[row["window"]]}) for row in rows] for rows in found]
        return list(zip(labels, acts, strict=True))

    def look(self, window: Window) -> None:
        """Make the window so large, and open or close the list of files."""
        self.page.set_viewport_size({"width": window.width, "height": window.height})
        self.page.evaluate("files => jupyterapp.shell[files ? 'expandLeft' : 'collapseLeft']()", window.files)
        self.settled()

    def _widths(self, window: Window) -> list[float]:
        self.look(window)
        return [box_of(stage.root)["width"] for stage in self.stages()]

    def kernel_eval(self, expression: str) -> str:
        """`repr` of an expression in the kernel, without adding a cell; RuntimeError when it raises."""
        answer = self.page.evaluate(f"async code => await watch.evaluate({KERNEL}, code)", expression)
        if answer["status"] != "ok":
            raise RuntimeError(f"{expression}: {answer['ename']}: {answer['evalue']}")
        return answer["data"]["text/plain"]

    def errors(self) -> list[str]:
        """What went wrong so far: in cells, in callbacks (which JupyterLab hides), on stderr, in scripts, in stages."""
        shown = self.page.locator(".bl-stage-error:not([hidden])").all_inner_texts()
        return [*self.page.evaluate("() => watch.errors"), *self.console, *(text for text in shown if text)]

    def assert_clean(self) -> None:
        """AssertionError with all that went wrong since the notebook was opened."""
        self.settled()
        errors = self.errors()
        assert not errors, "\n\n".join(errors)

    def theme(self, name: str) -> None:
        """Change to the `"light"` or the `"dark"` theme."""
        self.page.evaluate("t => jupyterapp.commands.execute('apputils:change-theme', {theme: t})", THEMES[name])
        light = "true" if name == "light" else "false"
        self.page.wait_for_function(f"() => document.body.dataset.jpThemeLight === '{light}'")
        self.page.evaluate(CHANGED)

    def axe(self) -> list[str]:
        """What axe-core finds wrong in the outputs, one sentence each.

        It takes for unseen what lies beyond a page that hides its overflow, and JupyterLab's is no pixel high.
        """
        if not self.page.locator(OUTPUTS).count():
            return []
        size = self.page.viewport_size
        assert size
        self.show_all()
        self.page.evaluate("() => { document.body.style.height = '100vh'; }")
        try:
            return axe.faults(self.page, OUTPUTS)
        finally:
            self.page.evaluate("() => { document.body.style.height = ''; }")
            self.page.set_viewport_size(size)
            self.settled()

    def show_all(self) -> None:
        """Make the window as high as the notebook, so that a picture holds all of it."""
        height = self.page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollHeight")
        size = self.page.viewport_size
        assert size
        self.page.set_viewport_size({"width": size["width"], "height": size["height"] + height})
        self.settled()

    def screenshot(self, path: Path, selector: str = ".jp-NotebookPanel") -> None:
        """A picture of the page, or of the first element the selector finds."""
        self.page.locator(selector).first.screenshot(path=path)


def missing(error: Error) -> str:
    """Why there is no browser here, and how to get one."""
    return (
        f"Chromium did not start from {CHROMIUM} ({str(error).splitlines()[0]}). To run the browser tests: "
        "apt-get install chromium, or set CHROMIUM=/path/to/chromium."
    )


def free_port() -> int:
    """A port of the loopback that nobody listens on; on Linux, below those that the system gives to whoever asks."""
    refused = None
    for _ in range(100):
        port = 20_000 + secrets.randbelow(12_768)
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError as error:
                refused = error
            else:
                return port
    raise RuntimeError("none of 100 ports of the loopback can be had") from refused
