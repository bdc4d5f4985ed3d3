"""The double of the API with what the flows ask: deterministic, so that pictures can be compared."""

from collections.abc import AsyncIterator
from typing import Any

from dwtui.client.generated.fragments import DeletionImpact, StorageCheck, StorageDetails
from dwtui.client.generated.watch_verification import WatchVerificationVerifyStorageBackend as Event
from tests.screens.fake_api import FakeApi
from tests.screens.sample import ORGANIZATION, PROBES, storage, verification

NEW = storage(20, "Tumors", "tumor-data", "team-a", "healthy") | {"accessKey": "…Q7RS"}


class FlowApi(FakeApi):
    """`state` is what verifications find: `healthy`, `denied`, `keys`, or `waiting`, which does not end."""

    def __init__(self, state: str = "healthy") -> None:
        super().__init__()
        self.state = state

    async def check_storage_backend(self, input: Any) -> StorageCheck:
        overlaps = []
        if input.bucket == "tumor-data":
            overlaps.append(
                {
                    "relation": "PARENT",
                    "storageBackend": None,
                    "refused": False,
                    "message": "“Brain tumors, source” holds this place. Documents written here would show up "
                    "among its data files.",
                }
            )
        problems = []
        if input.name == "Cleft palate":
            problems.append(
                {"field": "name", "message": "This organization has a storage called “Cleft palate” already."}
            )
        return StorageCheck.model_validate(
            {
                "problems": problems,
                "overlaps": overlaps,
                "blankKeysAllowed": input.bucket == "tumor-data",
                "s3Uri": f"s3://{input.bucket}/{input.prefix or ''}/" if input.bucket else None,
            }
        )

    async def watch_verification(
        self, id: Any = None, saved: Any = None, input: Any = None
    ) -> AsyncIterator[Any]:
        planned = [{"probe": probe, "title": title, "required": needed} for probe, title, needed in PROBES]
        yield event(planned=planned)
        if self.state == "waiting":
            yield event(waitingSeconds=47)
            await self.events.get()
        report = verification(self.state)
        for probe in report["probes"]:
            yield event(probe=probe)
        yield event(verification=report)

    async def create_storage_backend(self, input: Any) -> StorageDetails:
        return StorageDetails.model_validate(self._seen(NEW))

    async def update_storage_backend(self, id: str, input: Any) -> StorageDetails:
        return await self.storage_backend(id)

    async def storage_backend_deletion_impact(self, id: str) -> DeletionImpact:
        studies = [
            {"id": one["id"], "name": one["name"], "shortCode": one["shortCode"]} for one in self.studies_
        ]
        found = await self.storage_backend(id)
        return DeletionImpact.model_validate(
            {
                "storageBackend": {"id": id, "name": found.name, "revision": 1},
                "documentStudies": studies[:1],
                "dataStudies": studies[1:],
                "isDefaultForDocuments": False,
                "isDefaultForData": True,
                "strandedDocuments": {"documents": 37, "versions": 41, "bytes": 1_234_000_000},
                "fallback": {"id": "SB_00000005", "name": "Default storage"},
            }
        )


def event(**told: Any) -> Event:
    """An event of a verification."""
    nothing = {"planned": None, "probe": None, "waitingSeconds": None, "verification": None}
    return Event.model_validate(nothing | told)


assert NEW["organization"]["id"] == ORGANIZATION
