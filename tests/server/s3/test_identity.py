"""Identities: cheap to open, apart from one another, the application's own where the keys are blank."""

import json
import os
import subprocess
import sys
import threading
import time

import botocore.session

from dwtui.server.s3.identity import Identity
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from tests.server.s3.lab import Lab
from tests.server.s3.verifying import DATA, least

KEYS = KeyPair("AKIAEXAMPLE123456789", "some-secret-key")

BLANK = """
import asyncio, dataclasses, json, sys
from dwtui.server.s3.location import Location
from dwtui.server.s3.results import StorageUse
from dwtui.server.s3.verification import report_of, verify

report = asyncio.run(report_of(verify(Location(sys.argv[1], "lab"), None, {StorageUse.DATA})))
print(json.dumps(dataclasses.asdict(report), default=str))
"""

IMPORTS = """
import sys
import dwtui.server.s3
import dwtui.server.s3.location, dwtui.server.s3.keys, dwtui.server.s3.results, dwtui.server.s3.endpoints
import dwtui.server.s3.suggestion, dwtui.server.s3.verdict, dwtui.server.s3.patience
print(sorted({name.partition('.')[0] for name in sys.modules} & {'boto3', 'botocore', 'urllib3', 'moto'}))
"""


def verified_with_blank_keys(bucket: str, **environment: str) -> dict:
    """A verification by a process of its own, whose identity is in its environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    done = subprocess.run(
        [sys.executable, "-c", BLANK, bucket],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_blank_keys_use_the_applications_identity_and_endpoint(lab: Lab) -> None:
    location = Location(lab.bucket(), "lab")
    user, keys = lab.user(*least(location, DATA))
    report = verified_with_blank_keys(
        location.bucket,
        AWS_ENDPOINT_URL=lab.url,
        AWS_ACCESS_KEY_ID=keys.access_key,
        AWS_SECRET_ACCESS_KEY=keys.reveal(),
    )
    assert report["verdict"] == "HEALTHY"
    assert report["user"] == user
    assert {"IAM_USER", "KEY_AGE", "EXCESS_POWER"}.isdisjoint(probe["probe"] for probe in report["probes"])


def test_application_without_an_identity_tells_the_operator(lab: Lab) -> None:
    report = verified_with_blank_keys("lab-bucket", AWS_ENDPOINT_URL=lab.url)
    identity = report["probes"][0]
    assert (identity["status"], identity["who_must_act"]) == ("INCONCLUSIVE", "OPERATOR")
    assert "no AWS identity of its own" in identity["message"]
    assert "`aws sso login`" in identity["remedy"]
    assert "AWS_PROFILE" in identity["remedy"]


def test_given_keys_are_never_replaced_by_the_applications(monkeypatch, lab: Lab) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAAPPLICATION12345")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "application-secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "application-token")
    user, keys = lab.user({"Effect": "Allow", "Action": "*", "Resource": "*"})
    with Identity(Location("lab-bucket", endpoint_url=lab.url), keys, private_endpoints=True) as identity:
        assert identity.sts.get_caller_identity()["Arn"].endswith(f"/{user}")


def test_clients_are_cheap_after_the_first() -> None:
    """Against clients of sessions of their own, as boto3 makes them, in the same run."""
    location = Location("lab-bucket", region="us-east-1")
    Identity(location, KEYS).s3  # noqa: B018 - the first one loads the models

    def fresh() -> None:
        botocore.session.Session().create_client("s3", region_name="us-east-1")

    def shared() -> None:
        Identity(location, KEYS).s3  # noqa: B018

    assert min(_seconds(shared) for _ in range(5)) < min(_seconds(fresh) for _ in range(5)) / 2


def test_identities_may_be_opened_from_many_threads() -> None:
    opened, identity = [], Identity(Location("lab-bucket"), KEYS)
    threads = [threading.Thread(target=lambda: opened.append(identity.s3)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8
    assert len({id(client) for client in opened}) == 1


def test_secret_is_in_no_repr() -> None:
    identity = Identity(Location("lab-bucket"), KEYS)
    assert KEYS.reveal() not in f"{identity!r} {vars(identity)!r} {identity.s3!r} {identity.s3.meta.config!r}"


def test_hosts_and_paths() -> None:
    """AWS names the bucket in the host, endpoints in the path, and who asks for the other gets it."""

    def url(location: Location) -> str:
        client = Identity(location, KEYS, private_endpoints=True).s3
        return client.generate_presigned_url("get_object", Params={"Bucket": location.bucket, "Key": "k"})

    assert url(Location("lab-bucket", region="eu-west-1")).startswith("https://lab-bucket.s3")
    assert url(Location("lab-bucket", path_style=True)).split("/")[3] == "lab-bucket"
    own = "https://s3.example.org"
    assert url(Location("lab-bucket", endpoint_url=own)).startswith(f"{own}/lab-bucket/k")
    assert url(Location("lab-bucket", endpoint_url=own, path_style=False)).startswith(
        "https://lab-bucket.s3.ex"
    )


def test_light_modules_do_not_load_botocore() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
