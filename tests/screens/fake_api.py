"""A double at the client's boundary: the generated client's methods and models, over a small world in memory."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from dwtui.client.errors import ApiError, NotFound
from dwtui.client.generated.fragments import (
    ActivityLine,
    MemberDetails,
    OrganizationDetails,
    PolicyForms,
    ProbeDetails,
    StorageDetails,
    StorageSummary,
    StudyDetails,
    StudySummary,
    ViewerDetails,
)
from tests.screens.sample import (
    MAY,
    NAMES,
    NOW,
    ORGANIZATION,
    PROBES,
    STATEMENT,
    found_by,
    storage,
    study,
    verification,
)


class FakeApi:
    """Answers from memory. `failing` is raised by the next calls until it is taken away; calls are counted."""

    def __init__(self, role: str = "ADMINISTRATOR", storages: Sequence[dict[str, Any]] | None = None) -> None:
        self.role = role
        self.storages = (
            [storage(at, *row) for at, row in enumerate(NAMES)] if storages is None else list(storages)
        )
        self.studies_ = [
            study(0, "Genomics of pediatric brain tumors", "KF-CBT"),
            study(1, "Neuroblastoma: germline and tumor", "KF-NBL"),
            study(2, "Congenital heart defects in trios", "KF-CHD"),
        ]
        self.failing: ApiError | None = None
        self.asked: list[str] = []
        self.organizations = [(ORGANIZATION, "Aurora Consortium", role)]
        self.events: asyncio.Queue[dict[str, Any] | ApiError | None] = asyncio.Queue()
        self.gate = asyncio.Event()
        self.gate.set()

    async def _answer(self, name: str) -> None:
        self.asked.append(name)
        await asyncio.sleep(0)
        await self.gate.wait()
        if self.failing is not None:
            raise self.failing

    async def aclose(self) -> None:
        """Nothing to close."""

    async def session(self) -> Any:
        await self._answer("session")
        viewer = {
            "user": {"id": "US_0000AAAA", "name": "Ada Okafor", "email": "ada@example.org"},
            "operator": False,
            "token": {
                "id": "TK_0",
                "name": "laptop",
                "ending": "abcd",
                "createdAt": NOW,
                "expiresAt": None,
                "lastUsedAt": None,
            },
            "organizations": [
                {"id": id_, "name": name, "role": role, "viewerMay": MAY[role]}
                for id_, name, role in self.organizations
            ],
        }
        return SimpleNamespace(viewer=ViewerDetails.model_validate(viewer))

    def _seen(self, one: dict[str, Any]) -> dict[str, Any]:
        return {**one, "viewerMay": MAY[self.role]}

    async def storage_backends(
        self,
        organization: str,
        *,
        first: int,
        after: str | None,
        search: str | None,
        healthy: bool | None = None,
        order_by: Any = None,
    ) -> Any:
        await self._answer("storage_backends")
        rows = [
            row
            for row in self.storages
            if not search or search.lower() in f"{row['name']} {row['bucket']}".lower()
        ]
        rows = [row for row in rows if healthy is None or row["healthy"] is healthy]
        rows.sort(key=lambda row: row["bucket"] if order_by == "BUCKET" else row["name"].lower())
        return page([StorageSummary.model_validate(self._seen(row)) for row in rows], first, after)

    async def storage_backend(self, id: str) -> StorageDetails:
        await self._answer("storage_backend")
        for row in self.storages:
            if row["id"] == id:
                return StorageDetails.model_validate(self._seen(row))
        raise NotFound(f"There is no storage {id}.")

    async def storage_studies(self, id: str, *, first: int, after: str | None) -> Any:
        await self._answer("storage_studies")
        rows = [
            one
            for one in self.studies_
            if id in (one["documentStorage"]["id"], *(it["id"] for it in one["dataStorage"]))
        ]
        return SimpleNamespace(studies=page([StudySummary.model_validate(row) for row in rows], first, after))

    async def studies(self, organization: str, **asked: Any) -> Any:
        await self._answer("studies")
        search = asked["search"]
        rows = [row for row in self.studies_ if not search or search.lower() in row["name"].lower()]
        return page([StudySummary.model_validate(row) for row in rows], asked["first"], asked["after"])

    async def study_documents(self, study: str, **asked: Any) -> Any:
        await self._answer("study_documents")
        return SimpleNamespace(documents=page([], asked["first"], asked.get("after")))

    async def study(self, id: str) -> StudyDetails:
        await self._answer("study")
        return next(StudyDetails.model_validate(row) for row in self.studies_ if row["id"] == id)

    async def activity(
        self,
        organization: str,
        *,
        first: int,
        after: str | None,
        subject: str | None = None,
        actor: str | None = None,
        outcome: Any = None,
    ) -> Any:
        await self._answer("activity")
        rows = []
        for number in range(40):
            outcome_ = ("SUCCEEDED", "SUCCEEDED", "REFUSED", "FAILED")[number % 4]
            id_, name = (("US_0000AAAA", "Ada Okafor"), ("US_0000BBBB", "Ben Ito"))[number % 2]
            rows.append(
                {
                    "id": f"AC_000000{number:02d}",
                    "at": NOW - timedelta(minutes=7 * number),
                    "actor": {"id": id_, "name": name, "email": None},
                    "actorName": name,
                    "action": ("storage_backend.create", "storage_backend.verify", "study.update_storages")[
                        number % 3
                    ],
                    "subjectId": f"SB_000000{number % 8:02d}",
                    "subjectName": NAMES[number % 8][0],
                    "outcome": outcome_,
                    "summary": "s3://bucket, for documents and data"
                    if outcome_ == "SUCCEEDED"
                    else "The keys were refused by AWS.",
                    "requestId": None,
                }
            )
        kept = [
            row
            for row in rows
            if (subject is None or row["subjectId"] == subject)
            and (actor is None or row["actor"]["id"] == actor)
            and (outcome is None or row["outcome"] == outcome)
        ]
        return page([ActivityLine.model_validate(row) for row in kept], first, after)

    async def organization(self, id: str) -> OrganizationDetails:
        await self._answer("organization")
        named = {"id": "SB_00000005", "name": "Default storage"}
        return OrganizationDetails.model_validate(
            {
                "id": id,
                "name": "Aurora Consortium",
                "createdAt": NOW - timedelta(days=200),
                "revision": 3,
                "role": self.role,
                "viewerMay": MAY[self.role],
                "defaultStorage": named,
                "defaultDocumentStorage": named,
                "defaultDataStorage": {"id": "SB_00000000", "name": "Brain tumors, source"},
                "blankKeyLocations": [{"bucket": "aurora-shared", "prefix": "incoming"}],
            }
        )

    async def members(self, organization: str, *, first: int, after: str | None) -> Any:
        await self._answer("members")
        names = [
            ("Ada Okafor", "ADMINISTRATOR"),
            ("Ben Ito", "STUDY_ADMINISTRATOR"),
            ("Chiara Moss", "SUPPORT"),
        ]
        rows = [
            MemberDetails.model_validate(
                {
                    "user": {
                        "id": f"US_0000AAA{at}",
                        "name": name,
                        "email": f"{name.split()[0].lower()}@example.org",
                    },
                    "organizationRole": "MEMBER" if role == "STUDY_ADMINISTRATOR" else role,
                    "role": role,
                    "since": NOW - timedelta(days=90 - at),
                }
            )
            for at, (name, role) in enumerate(names)
        ]
        return SimpleNamespace(members=page(rows, first, after))

    async def suggested_policy(self, input: Any) -> PolicyForms:
        await self._answer("suggested_policy")
        document = f'{{\n  "Version": "2012-10-17",\n  "Statement": [{STATEMENT}]\n}}'
        return PolicyForms.model_validate(
            {
                "userName": f"dwtui-{input.bucket}",
                "document": document,
                "consoleSteps": ["Open IAM, Users, Create user.", "Attach the policy below."],
                "awsCli": f"aws iam create-user --user-name dwtui-{input.bucket}",
                "cloudFormation": "Resources:\n  User:\n    Type: AWS::IAM::User",
                "terraform": 'resource "aws_iam_user" "dwtui" {}',
            }
        )

    async def watch_verification(self, id: str) -> AsyncIterator[Any]:
        await self._answer("watch_verification")
        from dwtui.client.generated.watch_verification import WatchVerificationVerifyStorageBackend

        while True:
            event = await self.events.get()
            if event is None:
                return
            if isinstance(event, ApiError):
                raise event
            yield WatchVerificationVerifyStorageBackend.model_validate(
                {"planned": None, "probe": None, "waitingSeconds": None, "verification": None, **event}
            )

    def tell_verification(self, id_: str, state: str = "healthy") -> None:
        """Queue the events of a whole verification of a storage, which afterwards has that report."""
        report = verification(state)
        planned = [
            {"probe": probe, "title": title, "required": required} for probe, title, required in PROBES
        ]
        self.events.put_nowait({"planned": planned})
        for probe in report["probes"]:
            self.events.put_nowait({"probe": probe})
        self.events.put_nowait({"verification": report})
        self.events.put_nowait(None)
        for row in self.storages:
            if row["id"] == id_:
                row.update(found_by(report))


def probe_details(state: str) -> list[ProbeDetails]:
    """The probes of a report."""
    return [ProbeDetails.model_validate(probe) for probe in verification(state)["probes"]]


def page(rows: list[Any], first: int, after: str | None) -> Any:
    """A page of a connection."""
    start = int(after) if after else 0
    end = min(start + first, len(rows))
    return SimpleNamespace(
        edges=[
            SimpleNamespace(node=row, cursor=str(start + at + 1)) for at, row in enumerate(rows[start:end])
        ],
        total_count=len(rows),
        page_info=SimpleNamespace(
            end_cursor=str(end) if end > start else None, has_next_page=end < len(rows)
        ),
    )
