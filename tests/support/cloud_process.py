"""The process behind `cloud.py`: moto with its authentication on, until standard input ends."""

import json
import logging
import sys
from collections.abc import Iterable
from typing import Any

from moto import settings
from moto.iam.models import iam_backends
from moto.moto_server import threaded_moto_server
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.s3.models import s3_backends

DENIED = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
ACCOUNTS = ("111111111111", "222222222222", "333333333333")
EVERYTHING = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
)


def make_owner(account: str) -> list[str]:
    """The user with all rights that an account is filled with: access key id and secret."""
    backend = iam_backends[account]["aws"]
    backend.create_user("us-east-1", "owner")
    backend.put_user_policy("owner", "everything", EVERYTHING)
    key = backend.create_access_key("owner")
    return [key.access_key_id, key.secret_access_key]


class ExpectingOwners(DomainDispatcherApplication):
    """moto itself does not look at the bucket owner that a request expects."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        expected = environ.get("HTTP_X_AMZ_EXPECTED_BUCKET_OWNER")
        bucket = environ["PATH_INFO"].lstrip("/").partition("/")[0]
        _, owner = s3_backends.bucket_accounts.get(bucket, ("aws", expected))
        if expected in (None, owner):
            answer: Iterable[bytes] = super().__call__(environ, start_response)
            return answer
        start_response(
            "403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(DENIED)))]
        )
        return [DENIED]


def main() -> None:
    threaded_moto_server.DomainDispatcherApplication = ExpectingOwners
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    owners = {account: make_owner(account) for account in ACCOUNTS}
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0.0
    server = threaded_moto_server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(json.dumps({"url": f"http://{host}:{port}", "owners": owners}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
