"""The local AWS's port, which is there before the rest of it."""

import socket


def listening_socket() -> socket.socket:
    """A loopback socket on a free port. What connects before the server is up waits in its queue."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    listening.set_inheritable(False)
    return listening
