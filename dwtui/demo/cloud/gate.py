"""The WSGI application on the port: lets signed requests in, to the services there are, and names buckets' regions."""

import re
from collections.abc import Iterable
from typing import Any, Literal

from moto.moto_server.werkzeug_app import create_backend_app
from moto.s3.models import s3_backends

SERVICES: tuple[Literal["s3", "iam", "sts", "kms"], ...] = ("s3", "iam", "sts", "kms")
_REFUSED = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
_SIGNED_FOR = re.compile(r"AWS4-HMAC-SHA256 .*?Credential=[^/,\s]+/\d{8}/[^/,\s]+/([a-z0-9]+)/aws4_request")


class Gate:
    """Stands before moto's applications, one a service.

    moto's own dispatcher reads its package's folder at every request, answers its administration (`/moto-api`) to
    anybody, and takes unsigned requests for S3 ones, which it can not judge.
    """

    def __init__(self) -> None:
        self._applications: dict[str, Any] = {service: create_backend_app(service) for service in SERVICES}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        signed = _SIGNED_FOR.match(environ.get("HTTP_AUTHORIZATION", ""))
        application = self._applications.get(signed[1]) if signed else None
        if application is None or environ["PATH_INFO"].startswith("/moto-api"):
            headers = [("Content-Type", "application/xml"), ("Content-Length", str(len(_REFUSED)))]
            start_response("403 Forbidden", headers)
            return [_REFUSED]
        region = _region_of_bucket(environ["PATH_INFO"])

        def start_with_region(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if region and all(name.lower() != "x-amz-bucket-region" for name, _ in headers):
                headers = [*headers, ("x-amz-bucket-region", region)]
            return start_response(status, headers, *rest)

        answer: Iterable[bytes] = application(environ, start_with_region)
        return answer


def _region_of_bucket(path: str) -> str | None:
    """The region of the bucket that a path-style request names: AWS tells it even to those it refuses."""
    name = path.lstrip("/").partition("/")[0]
    owner = s3_backends.bucket_accounts.get(name)
    if owner is None:
        return None
    bucket = s3_backends[owner[1]][owner[0]].buckets.get(name)
    return bucket.region_name if bucket else None
