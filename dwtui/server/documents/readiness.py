"""Whether a storage is fit for documents, and what keeps it from being used for them."""

from dataclasses import dataclass

from dwtui.server.s3.results import Report, Verdict
from dwtui.server.s3.verdict import obstacle_in
from dwtui.server.storage_backends.rows import StorageBackendRow


@dataclass(frozen=True)
class Readiness:
    """Whether a storage is fit for documents; what stands in the way, in words (None: nothing)."""

    obstacle: str | None = None

    @property
    def ready(self) -> bool:
        """Whether it is."""
        return self.obstacle is None


def readiness_of(storage: StorageBackendRow) -> Readiness:
    """By what its last verification found."""
    if not storage.for_documents:
        return Readiness(
            f"“{storage.name}” was verified for data only: an organization administrator has to add the use "
            "“documents” first."
        )
    if storage.healthy is None:
        return Readiness(f"“{storage.name}” has never been verified, so documents may fail to be kept in it.")
    if not storage.healthy:
        found = storage.obstacle or {}
        return Readiness(_failed(storage.name, found.get("title"), found.get("message")))
    return Readiness()


def readiness_after(storage: StorageBackendRow, report: Report) -> Readiness:
    """By the verification that was just made."""
    if report.verdict is Verdict.HEALTHY or not storage.for_documents:
        return readiness_of(storage)
    found = obstacle_in(report.probes)
    assert found is not None  # the verdict is not healthy
    if report.verdict is Verdict.INCONCLUSIVE:
        return Readiness(f"“{storage.name}” gave no answer just now. {found.message} Try again in a while.")
    return Readiness(_failed(storage.name, found.title, found.message))


def _failed(name: str, title: str | None, message: str | None) -> str:
    what = f" {title}: {message}" if title and message else ""
    return f"“{name}” failed its last verification.{what}"
