"""What our extension of Jupyter's server changes: a kernel's answers are not kept back by TCP."""

from types import SimpleNamespace

from backprop_lab import server


def test_a_kernel_s_answers_are_sent_at_once_by_the_connection_that_was_there():
    app = SimpleNamespace(web_app=SimpleNamespace(settings={"kernel_websocket_connection_class": Connection}))
    server._load_jupyter_server_extension(app)
    connection = app.web_app.settings["kernel_websocket_connection_class"]()
    assert connection.connect() == "connected"
    assert connection.told == [True]


class Connection:
    def __init__(self):
        self.told = []
        self.websocket_handler = SimpleNamespace(set_nodelay=self.told.append)

    def connect(self):
        return "connected"
