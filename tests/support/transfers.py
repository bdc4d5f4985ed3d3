"""Documents up and down through a running API, as any client would move them."""

import json
from collections.abc import Iterable
from typing import Any

import httpx

from tests.support.graphql import Answer
from tests.support.world import ADMINISTRATOR, World

CREATE_VERSION = """
mutation ($file: Upload!, $study: ID, $fileId: ID, $description: String) {
  createVersion(file: $file, study: $study, fileId: $fileId, description: $description) {
    id fileName description size sha256 contentType place storageName key s3Uri downloadPath
    createdBy { id } document { id name revision latest { id } } study { id }
  }
}
"""
CREATE_FILE = """
mutation ($input: CreateFileInput!) { createFile(input: $input) { id name latest { id downloadPath } } }
"""
BOUNDARY = "dwtui-tests-boundary"


def form(
    content: bytes | Iterable[bytes], name: str = "a.csv", kind: str = "text/csv", **variables: Any
) -> tuple[bytes, bytes]:
    """What stands before and after the content of a multipart request that uploads it."""
    operations = {"query": CREATE_VERSION, "variables": {"file": None, **variables}}
    quoted = "".join(f"%{byte:02X}" for byte in name.encode("utf-8", "surrogatepass"))
    head = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=operations\r\n\r\n{json.dumps(operations)}\r\n"
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="map"\r\n\r\n{{"0": ["variables.file"]}}\r\n'
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"0\"; filename*=UTF-8''{quoted}\r\n"
        f"Content-Type: {kind}\r\n\r\n"
    )
    return head.encode(), f"\r\n--{BOUNDARY}--\r\n".encode()


def headers(world: World, by: str) -> dict[str, str]:
    """The headers of an upload."""
    token = world.people.tokens.get(by)
    signed_in = {"Authorization": f"Bearer {token}"} if token else {}
    return {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **signed_in}


def upload(
    world: World, content: bytes, name: str = "a.csv", *, by: str = ADMINISTRATOR, **given: Any
) -> Answer:
    """Upload a version; to the world's own study unless a study or a document is given."""
    kind = given.pop("kind", "text/csv")
    if "fileId" not in given:
        given.setdefault("study", world.own_study)
    head, tail = form(content, name, kind, **given)
    response = world.client.http.post("/graphql", content=head + content + tail, headers=headers(world, by))
    return Answer(response.status_code, response.json())


def make_document(
    world: World, content: bytes, name: str = "a.csv", *, by: str = ADMINISTRATOR, **given: Any
) -> dict[str, Any]:
    """Upload a version and make it a document: `id`, `name`, `version`, `path`."""
    version = upload(world, content, name, by=by, **given).value
    made = world.post(CREATE_FILE, {"input": {"version": version["id"]}}, by).value
    return {**made, "version": version["id"], "path": made["latest"]["downloadPath"]}


def download(
    world: World, path: str, *, by: str = ADMINISTRATOR, method: str = "GET", **said: str
) -> httpx.Response:
    """Ask for the bytes at a path."""
    token = world.people.tokens.get(by)
    signed_in = {"Authorization": f"Bearer {token}"} if token else {}
    asked = {name.replace("_", "-"): value for name, value in said.items()}
    return world.client.http.request(method, path, headers={**signed_in, **asked})
