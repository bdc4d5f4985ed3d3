"""An identity: what opens botocore clients, for a key pair or for the application itself (blank keys)."""

import gc
import os
import socket
import threading
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal, Self

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.utils import get_environ_proxies

from dwtui import __version__
from dwtui.server.s3.endpoints import addresses_of, endpoint_problems
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location, is_region
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.wire import Wire

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sts import STSClient

DEFAULT_REGION = "us-east-1"
_CONNECTIONS = 10
_opening = threading.Lock()


@cache
def _session() -> botocore.session.Session:
    """The one botocore session: its loaded service models and endpoint rules serve every client.

    A first client costs some 100 ms and 20 MB, each further one 3 to 5 ms. Each is of a class of its own, in circles of
    references: what is loaded for good is kept out of the garbage collector's way, so that those can be collected
    after each run in a few milliseconds (see `Run.end`).
    """
    session = botocore.session.Session()
    for service in ("s3", "sts", "iam"):
        session.create_client(
            service,
            region_name=DEFAULT_REGION,
            aws_access_key_id="-",
            aws_secret_access_key="-",  # noqa: S106
        )
    gc.collect()
    gc.freeze()
    return session


class EndpointRefusedError(BotoCoreError):
    """The location's endpoint may not be used."""

    fmt = "{reason}"


class Identity:
    """Opens S3, STS and IAM clients for one location. With `keys` None they speak as the application itself.

    Clients are made when first asked for, share their connections, and may be used from several threads.
    """

    def __init__(
        self,
        location: Location,
        keys: KeyPair | None,
        *,
        patience: Patience | None = None,
        private_endpoints: bool = False,
    ) -> None:
        self.location = location
        self.keys = keys
        self.patience = patience or Patience()
        self.region = location.region or _own_region()
        self.seen_region: str | None = None
        self._private_endpoints = private_endpoints
        self._wire = self._new_wire()
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    @property
    def s3(self) -> "S3Client":
        """The S3 client, signing for the region that is known by now."""
        client: S3Client = self._client("s3")
        return client

    @property
    def sts(self) -> "STSClient":
        """The STS client."""
        client: STSClient = self._client("sts")
        return client

    @property
    def iam(self) -> "IAMClient":
        """The IAM client."""
        client: IAMClient = self._client("iam")
        return client

    def move_to(self, region: str) -> None:
        """Sign for another region from now on."""
        self.region = region

    def again(self, patience: Patience) -> "Identity":
        """The same identity with other patience and new connections."""
        other = Identity(
            self.location, self.keys, patience=patience, private_endpoints=self._private_endpoints
        )
        other.move_to(self.region)
        return other

    def stop(self) -> None:
        """Send no new requests; those under way may end."""
        self._wire.stop()

    def cut(self) -> None:
        """End all requests under way. The identity can not be used any more."""
        self._wire.cut()

    @property
    def is_cut(self) -> bool:
        """Whether it was stopped or cut."""
        return self._wire.stopped

    def close(self) -> None:
        """Close the connections that are not in use, and let go of the clients."""
        self._wire.close()
        with self._lock:
            self._clients.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _client(self, service: str) -> Any:
        with self._lock:
            key = (service, self.region)
            if key not in self._clients:
                self._clients[key] = self._open(service)
            return self._clients[key]

    def _open(self, service: str) -> Any:
        self._check_endpoint()
        keys: dict[str, Any] = {}
        if self.keys is not None:
            keys = {"aws_access_key_id": self.keys.access_key, "aws_secret_access_key": self.keys.reveal()}
        with _opening:
            client = _session().create_client(
                service,
                region_name=self.region,
                endpoint_url=self.location.endpoint_url,
                config=self._config(service),
                **keys,
            )
        answer: Any = self._wire.answer
        client.meta.events.register("before-send", answer)
        client.meta.events.register("response-received.s3", self._note_region)
        return client

    def _check_endpoint(self) -> None:
        endpoint = self.location.endpoint_url
        if endpoint is None:
            return
        if self.keys is None:
            # Anybody could name an endpoint of their own and have the application sign requests to it.
            raise EndpointRefusedError(reason="Blank keys are used at the application's own endpoint only.")
        if problems := endpoint_problems(endpoint, private_allowed=self._private_endpoints):
            raise EndpointRefusedError(reason=problems[0])

    def _addressing(self) -> Literal["path", "virtual", "auto"]:
        at_endpoint = (self.location.endpoint_url or _own_endpoint()) is not None
        path_style = at_endpoint if self.location.path_style is None else self.location.path_style
        if path_style:
            return "path"
        # On AWS, names with dots go into the path all the same: no certificate fits them.
        return "virtual" if at_endpoint else "auto"

    def _config(self, service: str) -> Config:
        return Config(
            connect_timeout=self.patience.connect,
            read_timeout=self.patience.read,
            retries={"mode": "standard", "total_max_attempts": self.patience.attempts},
            signature_version="s3v4" if service == "s3" else None,
            s3={"addressing_style": self._addressing()},
            # Checksums are sent where they matter; servers other than AWS stumble over automatic ones.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            user_agent_extra=f"dwtui/{__version__}",
        )

    def _new_wire(self) -> Wire:
        endpoint = self.location.endpoint_url
        bundle = _session().get_config_variable("ca_bundle") or os.environ.get("REQUESTS_CA_BUNDLE")
        guard = partial(addresses_of, private_allowed=self._private_endpoints)
        return Wire(
            guard=None if endpoint is None else guard,
            slowest=self.patience.read * 2,
            timeout=(self.patience.connect, self.patience.read),
            proxies=get_environ_proxies(endpoint or _own_endpoint() or "https://s3.amazonaws.com"),
            verify=bundle or True,
            max_pool_connections=_CONNECTIONS,
            # botocore leaves Nagle's algorithm on: a body after its head, or the end of one, would wait 40 ms.
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        )

    def _note_region(self, parsed_response: dict[str, Any] | None = None, **_: Any) -> None:
        """Keep the region that an S3 answer names, whatever it answers."""
        answer = parsed_response or {}
        headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
        region = headers.get("x-amz-bucket-region") or answer.get("Error", {}).get("Region")
        if isinstance(region, str) and is_region(region):
            self.seen_region = region


def _own_region() -> str:
    region = _session().get_config_variable("region")
    return str(region) if region and is_region(str(region)) else DEFAULT_REGION


def _own_endpoint() -> str | None:
    """The endpoint that the operator set in place of AWS's, as botocore reads it."""
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or None
