"""What stands before moto on the port: only signed requests pass; answers name the bucket's region."""

from collections.abc import Iterable
from typing import Any

from moto.s3.models import s3_backends

_REFUSED = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"


class Gate:
    """A WSGI application around moto's."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # moto asks nobody who wants its administration (`/moto-api`), and can not judge unsigned requests.
        if "HTTP_AUTHORIZATION" not in environ or environ["PATH_INFO"].startswith("/moto-api"):
            start_response(
                "403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(_REFUSED)))]
            )
            return [_REFUSED]
        region = _region_of_bucket(environ["PATH_INFO"])

        def start_with_region(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if region and all(name.lower() != "x-amz-bucket-region" for name, _ in headers):
                headers = [*headers, ("x-amz-bucket-region", region)]
            return start_response(status, headers, *rest)

        answer: Iterable[bytes] = self._application(environ, start_with_region)
        return answer


def _region_of_bucket(path: str) -> str | None:
    """The region of the bucket that a path-style request names: AWS tells it even to those it refuses."""
    name = path.lstrip("/").partition("/")[0]
    owner = s3_backends.bucket_accounts.get(name)
    if owner is None:
        return None
    bucket = s3_backends[owner[1]][owner[0]].buckets.get(name)
    return bucket.region_name if bucket else None
