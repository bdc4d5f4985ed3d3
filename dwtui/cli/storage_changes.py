"""The commands of `dwtui storages` that verify and change: add, verify, edit, rotate, delete."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from dwtui.cli.asking import ask, confirm_by_name
from dwtui.cli.keys import KeyPair, KeySource, KeySourceOrBlank, given, read_keys
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import Exit, Failed, UsageError
from dwtui.cli.printing import Styled, note, print_json, say
from dwtui.cli.session import Session, said, signed_in
from dwtui.cli.study_words import amount

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import DeletionImpact, StorageDetails, VerificationDetails

StorageArgument = Annotated[str, Parameter(help="The storage's id or name.")]
Uses = Annotated[
    list[Literal["documents", "data"]] | None,
    Parameter(
        name="--use",
        help="What it is meant for: documents, data or both.",
        negative="",
        consume_multiple=True,
    ),
]
Wait = Annotated[
    int | None,
    Parameter(name="--wait", help="How long to wait for keys that AWS does not know yet: 0 to 60 seconds."),
]
KEYS_ASKED = KeySourceOrBlank()
KEYS_KEPT = KeySource()


def add(
    *,
    name: Annotated[str | None, Parameter(help="A name, unique in the organization.")] = None,
    bucket: Annotated[str | None, Parameter(help="The bucket.")] = None,
    prefix: Annotated[
        str | None, Parameter(help="The prefix in it that is the storage's root; '' for the whole bucket.")
    ] = None,
    uses: Uses = None,
    endpoint_url: Annotated[str | None, Parameter(help="An S3-compatible endpoint (default: AWS).")] = None,
    region: Annotated[str | None, Parameter(help="The region, where it can not be discovered.")] = None,
    path_style: Annotated[bool | None, Parameter(help="Whether to name the bucket in the path.")] = None,
    wait: Wait = None,
    keys: KeySourceOrBlank = KEYS_ASKED,
    scope: Scope = SCOPE,
) -> int:
    """Attach a storage. It is saved only if the required probes pass."""
    from dwtui.client.generated.enums import Verdict
    from dwtui.client.generated.input_types import CreateStorageBackendInput, VerifyStorageBackendInput

    with signed_in(scope) as session:
        organization = session.organization(scope)
        name = name or ask("Name", otherwise="--name")
        bucket = bucket or ask("Bucket", otherwise="--bucket")
        place = said(bucket=bucket, prefix=prefix, uses=_uses(uses), endpoint_url=endpoint_url)
        _check(session, organization=organization.id, name=name, **place)
        pair = _keys(read_keys(keys))
        settings = {
            "organization": organization.id,
            **place,
            **pair,
            **said(region=region, path_style=path_style, wait_for_keys=wait),
        }
        if not scope.json:
            report = _watch(session, input=VerifyStorageBackendInput(**settings))
            if report.verdict is not Verdict.HEALTHY:
                note("Nothing was saved.")
                return Exit.UNHEALTHY
        created = session.wait(
            session.api.create_storage_backend(CreateStorageBackendInput(name=name, **settings))
        )
    _print_saved(created, scope, f"{created.name} is attached as {created.id}.")
    return Exit.OK


def verify(
    storage: StorageArgument,
    *,
    uses: Uses = None,
    wait: Wait = None,
    keys: KeySource = KEYS_KEPT,
    scope: Scope = SCOPE,
) -> int:
    """Verify a storage with the keys it has, or try others on it without saving them."""
    from dwtui.client.generated.enums import Verdict
    from dwtui.client.generated.input_types import VerifySavedStorageBackendInput

    with signed_in(scope) as session:
        id = session.storage_id(storage, scope)
        pair = _keys(read_keys(keys)) if given(keys) else {}
        other = {**pair, **said(uses=_uses(uses), wait_for_keys=wait)}
        saved = VerifySavedStorageBackendInput(**other) if other else None
        if scope.json:
            report = session.wait(session.api.verify_storage_backend(**said(id=id, saved=saved)))
            print_json(report.model_dump(mode="json", by_alias=True))
        else:
            report = _watch(session, id=id, saved=saved)
    return Exit.OK if report.verdict is Verdict.HEALTHY else Exit.UNHEALTHY


def edit(
    storage: StorageArgument,
    *,
    name: Annotated[str | None, Parameter(help="Its new name.")] = None,
    uses: Uses = None,
    wait: Wait = None,
    scope: Scope = SCOPE,
) -> None:
    """Rename a storage, or change what it is meant for. The latter is verified first."""
    if name is None and uses is None:
        raise UsageError(
            "Say what to change: --name or --use. A storage keeps its bucket and prefix: attach another one."
        )
    with signed_in(scope) as session:
        before = session.wait(session.api.storage_backend(session.storage_id(storage, scope)))
        after = _update(session, before, **said(name=name, uses=_uses(uses), wait_for_keys=wait))
    _print_saved(after, scope, f"{after.name} ({after.id}) is changed.")


def rotate(
    storage: StorageArgument, *, wait: Wait = None, keys: KeySourceOrBlank = KEYS_ASKED, scope: Scope = SCOPE
) -> int:
    """Give a storage new keys. They are verified first; when that fails, the old ones stay."""
    from dwtui.client.generated.enums import Verdict
    from dwtui.client.generated.input_types import VerifySavedStorageBackendInput

    with signed_in(scope) as session:
        before = session.wait(session.api.storage_backend(session.storage_id(storage, scope)))
        pair = _keys(read_keys(keys))
        if pair and not scope.json:
            report = _watch(
                session,
                id=before.id,
                saved=VerifySavedStorageBackendInput(**pair, **said(wait_for_keys=wait)),
            )
            if report.verdict is not Verdict.HEALTHY:
                note("Nothing was changed: the old keys stay.")
                return Exit.UNHEALTHY
        blank: dict[str, Any] = {"access_key": None, "secret_key": None}
        after = _update(session, before, **(pair or blank), **said(wait_for_keys=wait))
    _print_saved(after, scope, f"{after.name} ({after.id}) has new keys.")
    return Exit.OK


def delete(
    storage: StorageArgument,
    *,
    yes_delete: Annotated[str | None, Parameter(help="Its name, to delete it without being asked.")] = None,
    scope: Scope = SCOPE,
) -> None:
    """Delete a storage with its keys. The impact is shown first; what lies in the bucket stays."""
    with signed_in(scope) as session:
        impact = session.wait(session.api.storage_backend_deletion_impact(session.storage_id(storage, scope)))
        name = impact.storage_backend.name
        if not scope.json:
            _print_impact(impact)
        if yes_delete is None:
            confirm_by_name(name, otherwise="--yes-delete NAME")
        elif yes_delete != name:
            raise UsageError(f"--yes-delete does not give its name, which is {name!r}. Nothing was changed.")
        deleted = session.wait(session.api.delete_storage_backend(impact.storage_backend.id))
    if scope.json:
        print_json(
            {
                "deleted": deleted.model_dump(mode="json", by_alias=True),
                "impact": impact.model_dump(mode="json", by_alias=True),
            }
        )
    else:
        say(f"{deleted.name} ({deleted.id}) is deleted.")


def _check(session: Session, **settings: Any) -> None:
    """Tell of problems and overlaps before anybody types keys."""
    from dwtui.client.generated.input_types import CheckStorageBackendInput

    check = session.wait(session.api.check_storage_backend(CheckStorageBackendInput(**settings)))
    if check.problems:
        raise UsageError("\n".join(f"{problem.field}: {problem.message}" for problem in check.problems))
    for overlap in check.overlaps:
        if overlap.refused:
            raise Failed(overlap.message)
        note(Styled(f"! {overlap.message}", "yellow"))


def _watch(session: Session, **what: Any) -> "VerificationDetails":
    from dwtui.cli.verifying import watch

    return session.wait(watch(session.api, **what))


def _update(session: Session, before: "StorageDetails", **changes: Any) -> "StorageDetails":
    from dwtui.client.generated.input_types import UpdateStorageBackendInput

    change = UpdateStorageBackendInput(**changes, expected_revision=before.revision)
    return session.wait(session.api.update_storage_backend(before.id, change))


def _print_impact(impact: "DeletionImpact") -> None:
    used = False
    for studies, what in (
        (impact.document_studies, f"keep their documents in {impact.fallback.name} from then on"),
        (impact.data_studies, "lose it as a data storage"),
    ):
        if studies:
            used = True
            names = ", ".join(study.short_code or study.name for study in studies)
            say(
                f"{len(studies)} studies {what}: {names}"
                if len(studies) > 1
                else f"1 study will {what}: {names}"
            )
    for is_default, what in (
        (impact.is_default_for_documents, "the documents"),
        (impact.is_default_for_data, "the data files"),
    ):
        if is_default:
            used = True
            say(f"It is the default for {what} of new studies; {impact.fallback.name} takes over.")
    if not used:
        say("No study uses it, and it is no default.")
    stranded = impact.stranded_documents
    if stranded.documents:
        one = stranded.documents == 1
        say(
            Styled(
                f"✗ {amount(stranded)} {'lies' if one else 'lie'} in it and can not be opened afterwards, until its "
                "bucket is attached anew with the same prefix.",
                "red",
            )
        )
    say("What lies in the bucket stays there.")


def _print_saved(storage: "StorageDetails", scope: Scope, text: str) -> None:
    if scope.json:
        print_json(storage.model_dump(mode="json", by_alias=True))
    else:
        say(text)


def _keys(pair: KeyPair | None) -> dict[str, Any]:
    return {} if pair is None else {"access_key": pair.access_key, "secret_key": pair.secret_key}


def _uses(uses: list[Literal["documents", "data"]] | None) -> Any:
    from dwtui.client.generated.enums import StorageUse

    return [StorageUse(use.upper()) for use in dict.fromkeys(uses)] if uses else None
