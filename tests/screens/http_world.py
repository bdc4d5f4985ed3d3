"""The world of the double served over HTTP, by an API that has lost all its scruples about names."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.screens.sample import ALL_OF_IT, NOW, ORGANIZATION, storage

PAGE_INFO = {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}


def answers(names: list[str], organization: str) -> dict[str, dict[str, Any]]:
    """What each operation is answered with; `names` are those of the storages and of all they hold."""
    storages = [
        {**storage(at, name, name, name, "denied"), "viewerMay": ALL_OF_IT} for at, name in enumerate(names)
    ]
    for one, name in zip(storages, names, strict=True):
        one["verification"]["attention"] = one["verification"]["probes"]
        for probe in one["verification"]["probes"]:
            probe |= {"title": name, "message": name, "remedy": name, "statement": name}
    token = {
        "id": "TK_0",
        "name": "x",
        "ending": "abcd",
        "createdAt": NOW,
        "expiresAt": None,
        "lastUsedAt": None,
    }
    viewer = {
        "user": {"id": "US_0", "name": organization, "email": None},
        "operator": False,
        "token": token,
        "organizations": [
            {"id": ORGANIZATION, "name": organization, "role": "ADMINISTRATOR", "viewerMay": ALL_OF_IT}
        ],
    }
    edges = [{"node": one, "cursor": str(at)} for at, one in enumerate(storages)]
    return {
        "Session": {"viewer": viewer, "application": {"version": "1", "privateEndpointsAllowed": False}},
        "StorageBackends": {
            "allStorageBackends": {"edges": edges, "pageInfo": PAGE_INFO, "totalCount": len(storages)}
        },
        "StorageBackend": {"storageBackend": storages[0]},
    }


@contextmanager
def served(by_operation: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Serve these answers; the URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            data = by_operation.get(asked["operationName"])
            answer = (
                {"data": data}
                if data
                else {"errors": [{"message": "?", "extensions": {"code": "NOT_FOUND"}}]}
            )
            body = json.dumps(
                answer, default=lambda it: it.isoformat() if isinstance(it, datetime) else str(it)
            ).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
