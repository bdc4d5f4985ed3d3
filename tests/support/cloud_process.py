"""The process behind `cloud.py`: moto with its authentication on, until standard input ends."""

import json
import logging
import sys

from moto import settings
from moto.iam.models import iam_backends
from moto.server import ThreadedMotoServer

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


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    owners = {account: make_owner(account) for account in ACCOUNTS}
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0.0
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(json.dumps({"url": f"http://{host}:{port}", "owners": owners}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
