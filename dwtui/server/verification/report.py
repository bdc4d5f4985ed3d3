"""The report of a verification as it is kept in the database and carried by errors."""

from typing import Any

from pydantic import TypeAdapter

from dwtui.server.s3.results import ProbeResult, Report

_report = TypeAdapter(Report)
_checks = TypeAdapter(list[ProbeResult])


def report_to_json(report: Report) -> dict[str, Any]:
    """The report as plain JSON."""
    plain: dict[str, Any] = _report.dump_python(report, mode="json")
    return plain


def report_from_json(plain: dict[str, Any]) -> Report:
    """The report that was kept."""
    return _report.validate_python(plain)


def probe_to_json(probe: ProbeResult) -> dict[str, Any]:
    """One probe's result as plain JSON."""
    (plain,) = _checks.dump_python([probe], mode="json")
    found: dict[str, Any] = plain
    return found


def checks_of(report: Report) -> list[dict[str, Any]]:
    """The probe results as an error's `extensions.checks`, with the contract's field names."""
    return [
        {_camel(name): value for name, value in check.items()}
        for check in _checks.dump_python(list(report.probes), mode="json")
    ]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
