"""The local AWS's port: moto's application on a loopback socket, a thread a request."""

import logging
import socket
import threading

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

from dwtui.demo.cloud.authorization import enforce
from dwtui.demo.cloud.gate import Gate


class CloudServer:
    """Serves S3, IAM, STS and KMS on a socket that listens already."""

    def __init__(self, listening: socket.socket) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        enforce()
        host, port = listening.getsockname()[:2]
        self._server: BaseWSGIServer = make_server(
            host,
            port,
            Gate(),
            threaded=True,
            request_handler=MotoRequestHandler,
            fd=listening.fileno(),
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined]

    def start(self) -> None:
        """Begin to answer."""
        threading.Thread(target=self._server.serve_forever, name="cloud", daemon=True).start()
