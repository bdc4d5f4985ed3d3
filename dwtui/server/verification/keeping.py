"""Keeping what a verification found with its storage."""

from dwtui.server.s3.results import Report
from dwtui.server.s3.verdict import healthy_after, obstacle_in
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.verification.report import probe_to_json, report_to_json


def keep_report(row: StorageBackendRow, report: Report) -> None:
    """Write a report into its storage's row. What the probes could not read this time stays as it was."""
    row.healthy = healthy_after(row.healthy, report.verdict)
    row.verified_at = report.finished_at
    row.report = report_to_json(report)
    obstacle = obstacle_in(report.probes)
    row.obstacle = probe_to_json(obstacle) if obstacle else None
    for column, found in (
        ("arn", report.arn),
        ("account_id", report.account_id),
        ("account_alias", report.account_alias),
        ("user_name", report.user),
        ("region", report.region),
        ("bucket_owner", report.bucket_owner),
        ("key_created_at", report.key_created_at),
    ):
        if found is not None:
            setattr(row, column, found)
