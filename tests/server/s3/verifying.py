"""Short ways to run a verification and look at its report."""

from typing import Any

from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.policies import policy_document
from dwtui.server.s3.results import Probe, ProbeResult, Report, StorageUse
from dwtui.server.s3.verification import report_of, verify

BOTH = frozenset(StorageUse)
DOCUMENTS = frozenset({StorageUse.DOCUMENTS})
DATA = frozenset({StorageUse.DATA})


async def verified(
    location: Location, keys: KeyPair | None, uses: frozenset[StorageUse] = BOTH, **options: Any
) -> Report:
    """The report of a verification that is run to its end, impatiently: one attempt at each request."""
    options.setdefault("patience", Patience(connect=2, read=5, attempts=1, overall=20, farewell=4))
    return await report_of(verify(location, keys, uses, private_endpoints=True, **options))


def least(location: Location, uses: frozenset[StorageUse] = BOTH) -> list[dict[str, Any]]:
    """The suggested policy's statements for S3."""
    return policy_document(location, uses, introspection=False)["Statement"]


def result(report: Report, probe: Probe) -> ProbeResult:
    """The result of one probe."""
    return next(result for result in report.probes if result.probe is probe)
