"""The API under test, wired as it is served, on a real port: in a thread of this process, or as its own process."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from dwtui.server.asgi import application
from dwtui.server.http_protocol import HttpProtocol
from dwtui.server.listening import listening_tcp
from dwtui.server.secrets import create_key_file
from dwtui.server.settings import ServerSettings
from tests.support.cloud import ROOT, Cloud
from tests.support.graphql import GraphQLClient


def settings_for(database_url: str, folder: Path) -> ServerSettings:
    """Settings of an API with a local key in the folder, for a database and the cloud's application bucket."""
    key_file = folder / "keys.json"
    if not key_file.exists():
        create_key_file(key_file)
    return ServerSettings(
        database_url=database_url,
        local_key_file=key_file,
        application_bucket=Cloud.application_bucket,
        allow_private_endpoints=True,
    )


@contextmanager
def api_in_thread(settings: ServerSettings) -> Iterator[GraphQLClient]:
    """An API in a thread, so that tests can set its clock and count its statements."""
    with listening_tcp("127.0.0.1", 0) as listener:
        server = uvicorn.Server(
            uvicorn.Config(application(settings), http=HttpProtocol, lifespan="on", log_config=None)
        )
        thread = threading.Thread(target=server.run, args=([listener.socket],), name="api", daemon=True)
        thread.start()
        client = GraphQLClient(listener.url)
        try:
            # whoever connects before it is ready waits in the socket's queue
            assert client.http.get("/healthz").status_code == 200
            yield client
        finally:
            client.http.close()
            server.should_exit = True
            thread.join(timeout=20)
            assert not thread.is_alive()


@contextmanager
def api_process(
    settings: ServerSettings, environment: Mapping[str, str], log: Path
) -> Iterator["ApiProcess"]:
    """An API as a process of its own, as `dwtui serve` runs it. It writes its log to the file."""
    process = ApiProcess(settings, environment, log)
    try:
        process.wait_until_ready()
        yield process
    finally:
        process.stop()


class ApiProcess:
    """A running API process. It ends with this one, however that happens."""

    def __init__(self, settings: ServerSettings, environment: Mapping[str, str], log: Path) -> None:
        self.settings = settings
        given = {
            "DWTUI_SERVER_DATABASE_URL": settings.database_url.get_secret_value(),
            "DWTUI_SERVER_APPLICATION_BUCKET": settings.application_bucket,
            "DWTUI_SERVER_ALLOW_PRIVATE_ENDPOINTS": str(settings.allow_private_endpoints),
            "DWTUI_SERVER_LOG_LEVEL": "debug",
        }
        if settings.kms_key:
            given["DWTUI_SERVER_KMS_KEY"] = settings.kms_key
        else:
            given["DWTUI_SERVER_LOCAL_KEY_FILE"] = str(settings.local_key_file)
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.api_process"],
                cwd=ROOT,
                env={**os.environ, **environment, **given},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
            )

    def wait_until_ready(self) -> None:
        """Wait for the line that says where it listens."""
        assert self.process.stdout is not None
        self.client = GraphQLClient(json.loads(self.process.stdout.readline())["url"])

    def stop(self) -> None:
        """Have it end by itself, and wait for that."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.client.http.close()
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()
