"""The socket the API listens at: TCP, or a Unix socket for its owner alone, with a lock beside it."""

import errno
import fcntl
import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BACKLOG = 512
_HIGHEST_PORT: Final = 65535
_LONGEST_SOCKET_PATH: Final = 107 if sys.platform == "linux" else 103
_TAKEOVER_SECONDS = 10.0


class ListenError(Exception):
    """There is no listening at that address. The message says why and what to do, in one line."""


class AlreadyRunningError(ListenError):
    """Another process answers at that Unix socket: whoever wants the API can simply connect."""


@dataclass(frozen=True, slots=True)
class Listener:
    """A bound, listening socket and the URL clients reach it at."""

    socket: socket.socket
    url: str


@contextmanager
def listening_tcp(host: str, port: int) -> Iterator[Listener]:
    """Listen at a host name or address; port 0 takes a free one. Raises ListenError."""
    if not 0 <= port <= _HIGHEST_PORT:
        raise ListenError(f"{port} is no port: ports go from 0 (any free one) to {_HIGHEST_PORT}.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address, family=family, backlog=BACKLOG)
        # asyncio does this only for sockets it made itself. Without it the body of an answer waits up to 40 ms for
        # the client to acknowledge the headers.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except socket.gaierror:
        raise ListenError(
            f"There is no host named {host!r}. Give the name or address of this machine."
        ) from None
    except OSError as error:
        raise ListenError(_tcp_reason(host, port, error)) from None
    with listener:
        yield Listener(listener, _http_url(listener))


@contextmanager
def listening_unix(path: Path) -> Iterator[Listener]:
    """Listen at a Unix socket, mode 0600, in a directory that exists. It is removed afterwards.

    A socket left over from a process that is gone is replaced. Raises AlreadyRunningError while another
    process answers there, ListenError when it can not be made.
    """
    path = path.absolute()
    if len(os.fsencode(path)) > _LONGEST_SOCKET_PATH:
        raise ListenError(
            f"The path of the socket is longer than this system allows ({_LONGEST_SOCKET_PATH} bytes): {path}"
        )
    with _locked(path):
        _clear_stale(path)
        with _bound(path) as listener:
            inode = path.stat().st_ino
            try:
                yield Listener(listener, f"unix://{path}")
            finally:
                # first the name, so that nobody connects to a socket that is about to close
                if path.exists() and path.stat().st_ino == inode:
                    path.unlink(missing_ok=True)


def _tcp_reason(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is in use by another process. Choose another port, or 0 for any free one."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return (
            f"You may not listen at port {port} of {host}. Ports below 1024 need rights; choose a higher one."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine."
    return f"There is no listening at port {port} of {host}: {error.strerror}."


def _http_url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    if listener.family == socket.AF_INET6:
        return f"http://[{'::1' if host == '::' else host}]:{port}"
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - compared, not bound


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock beside the socket while we listen. The file itself stays: removing it would race."""
    try:
        lock = os.open(
            path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )
    except OSError as error:
        raise ListenError(f"There is no making a socket in {path.parent}: {error.strerror}.") from None
    try:
        _take(lock, path)
        yield
    finally:
        os.close(lock)


def _take(lock: int, path: Path) -> None:
    """Take the lock; its holder may be on its way out, with its socket closed, so wait for it a little."""
    deadline = time.monotonic() + _TAKEOVER_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if _answers(path):
                raise AlreadyRunningError(f"The API is running already at {path}.") from None
            if time.monotonic() > deadline:
                raise ListenError(
                    f"Another process holds the lock of {path} but does not answer. End it and try again."
                ) from None
        time.sleep(0.05)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(2.0)
        try:
            probe.connect(os.fspath(path))
        except OSError:
            return False
        return True


def _clear_stale(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise ListenError(f"{path} exists and is no socket. Name another path; nothing was changed.")
    if _answers(path):
        raise AlreadyRunningError(f"Another process answers at {path} already.")
    path.unlink(missing_ok=True)


@contextmanager
def _bound(path: Path) -> Iterator[socket.socket]:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    mask = os.umask(0o177)  # so that there is no moment in which others could connect
    try:
        listener.bind(os.fspath(path))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ListenError(f"There is no making a socket at {path}: {error.strerror}.") from None
    finally:
        os.umask(mask)
    with listener:
        yield listener
