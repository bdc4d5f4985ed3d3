"""Sample data of the screens' tests: storages with their verifications, and studies, as the API answers them."""

from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ORGANIZATION = "OR_0000AA11"
OTHER_ORGANIZATION = "OR_0000BB22"
ALL_OF_IT = [
    "SEE_STORAGES",
    "MANAGE_STORAGES",
    "MANAGE_ORGANIZATION",
    "CHANGE_STUDY_STORAGES",
    "UPLOAD_DOCUMENTS",
    "DELETE_DOCUMENTS",
    "LIST_OBJECTS",
    "READ_OBJECTS",
    "SEE_ACTIVITY",
]
MAY = {
    "ADMINISTRATOR": ALL_OF_IT,
    "SUPPORT": ["SEE_STORAGES", "LIST_OBJECTS", "SEE_ACTIVITY"],
    "MEMBER": [],
}

STATEMENT = """{
  "Effect": "Allow",
  "Action": "s3:PutObject",
  "Resource": "arn:aws:s3:::nbl-aligned-reads/*"
}"""

PROBES = [
    ("IDENTITY", "whose keys they are", True),
    ("BUCKET", "the bucket and its region", True),
    ("OWNER", "the bucket is the account's own", False),
    ("LIST", "list below the prefix", True),
    ("PUT", "write an object", True),
    ("GET", "read it back", True),
    ("MULTIPART", "multipart uploads", True),
    ("DELETE", "delete it", True),
    ("VERSIONING", "versions", False),
    ("KEY_AGE", "age of the keys", False),
]

NAMES = [
    ("Brain tumors, source", "cbt-source", "", "healthy"),
    ("Neuroblastoma aligned reads", "nbl-aligned-reads", "harmonized-data/aligned-reads", "denied"),
    ("Congenital heart defects", "chd-research-data", "source", "healthy"),
    ("Leukemia gene expressions", "leukemia-expr", "harmonized-data/gene-expressions", "keys"),
    ("Cleft palate", "orofacial-cleft", "", "gone"),
    ("Default storage", "dwtui-application", "organizations/aurora", "default"),
    ("Craniofacial imaging", "craniofacial-mri", "source/dicom", "never"),
    ("Ewing sarcoma", "ewing-sarcoma-wgs", "", "old"),
]


def storage(number: int, name: str, bucket: str, prefix: str, state: str) -> dict[str, Any]:
    """A storage as the API answers it."""
    default = state == "default"
    report = None if state == "never" else verification(state)
    return {
        "id": f"SB_000000{number:02d}",
        "name": name,
        "bucket": bucket,
        "prefix": prefix,
        "organization": {"id": ORGANIZATION, "name": "Aurora Consortium"},
        "endpointUrl": None,
        "region": "us-east-1",
        "pathStyle": False,
        "accountId": f"0123456789{number:02d}",
        "accountAlias": "aurora-data" if number % 2 else None,
        "arn": f"arn:aws:iam::0123456789{number:02d}:user/dwtui-{bucket}",
        "user": f"dwtui-{bucket}",
        "accessKey": None if default else "…WXYZ",
        "identity": "BLANK" if default else "KEY_PAIR",
        "uses": ["DOCUMENTS", "DATA"] if number % 2 else ["DATA"],
        "isDefault": default,
        "isDefaultForDocuments": default,
        "isDefaultForData": number == 0,
        "documentStudyCount": number % 3,
        "dataStudyCount": number % 4,
        "keysChangedAt": None if default else NOW - timedelta(days=30),
        "keyCreatedAt": None if default else NOW - timedelta(days=400 if state == "old" else 31),
        "createdAt": NOW - timedelta(days=100),
        "createdBy": None if default else {"id": "US_0000AAAA", "name": "Ada Okafor", "email": None},
        "revision": 1,
        **found_by(report),
    }


def found_by(report: dict[str, Any] | None) -> dict[str, Any]:
    """The fields of a storage that its last verification fills."""
    failed = [probe for probe in (report or {"probes": []})["probes"] if probe["status"] == "FAIL"]
    return {
        "verification": report,
        "healthy": None if report is None else report["verdict"] == "HEALTHY",
        "verifiedAt": report and report["finishedAt"],
        "obstacle": failed[0] if failed else None,
    }


def verification(state: str) -> dict[str, Any]:
    """A report in which something is wrong, or not."""
    failing = {"denied": "PUT", "keys": "IDENTITY", "gone": "BUCKET"}.get(state)
    codes = {"PUT": "AccessDenied", "IDENTITY": "InvalidClientTokenId", "BUCKET": "NoSuchBucket"}
    probes = []
    for probe, title, required in PROBES:
        failed = probe == failing
        stopped = failing in ("IDENTITY", "BUCKET") and not failed and required
        probes.append(
            {
                "probe": probe,
                "status": "FAIL"
                if failed
                else "SKIP"
                if stopped
                else "WARN"
                if probe == "KEY_AGE" and state == "old"
                else "PASS",
                "required": required,
                "title": title,
                "message": "s3:PutObject was refused on arn:aws:s3:::nbl-aligned-reads/harmonized-data/dewrangle/."
                if failed
                else "As it must be.",
                "errorCode": codes.get(probe) if failed else None,
                "requestId": "4YV0H2F7Q3" if failed else None,
                "whoMustAct": "IAM_USER_OWNER" if failed else None,
                "remedy": "Add s3:PutObject on the prefix to the user's policy." if failed else None,
                "statement": STATEMENT if failed else None,
                "milliseconds": 41,
            }
        )
    return {
        "verdict": "UNHEALTHY" if failing else "HEALTHY",
        "uses": ["DOCUMENTS", "DATA"],
        "startedAt": NOW - timedelta(hours=2),
        "finishedAt": NOW - timedelta(hours=2),
        "probes": probes,
        "arn": "arn:aws:iam::012345678901:user/x",
        "accountId": "012345678901",
        "accountAlias": None,
        "user": "x",
        "region": "us-east-1",
        "keyCreatedAt": None,
    }


def storage_in_use(number: int) -> dict[str, Any]:
    """A storage as the studies that use it show it."""
    shown = ("id", "name", "bucket", "healthy", "verifiedAt", "obstacle")
    return {field: storage(number, *NAMES[number])[field] for field in shown}


def study(number: int, name: str, code: str) -> dict[str, Any]:
    """A study as the API answers it."""
    return {
        "id": f"SD_000000{number:02d}",
        "name": name,
        "shortCode": code,
        "externalId": f"phs00{number:04d}",
        "organization": {"id": ORGANIZATION, "name": "Aurora Consortium"},
        "documentStorage": storage_in_use(5),
        "dataStorage": [storage_in_use(0)],
        "documentCount": {"documents": 0, "versions": 0, "bytes": 0},
        "strandedCount": {"documents": 0, "versions": 0, "bytes": 0},
        "createdAt": NOW - timedelta(days=60 + number),
        "revision": 1,
        "viewerMay": ALL_OF_IT,
        "members": [
            {
                "user": {"id": "US_0000AAAA", "name": "Ada Okafor", "email": "ada@example.org"},
                "role": "ADMINISTRATOR",
            }
        ],
    }
