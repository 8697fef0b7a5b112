"""What Jupyter's server loads: answers of a kernel are sent to the browser at once.

An answer is three short messages: the kernel is busy, the new picture, the kernel is idle. By Nagle's algorithm TCP
keeps the second back until the browser's system has acknowledged the first, and that waits 40 ms for something to go
with it: half of all presses of a key took so much longer.
"""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    settings = server.web_app.settings
    usual = settings["kernel_websocket_connection_class"]

    class AtOnce(usual):
        def connect(self) -> Any:
            self.websocket_handler.set_nodelay(True)
            return super().connect()

    settings["kernel_websocket_connection_class"] = AtOnce
