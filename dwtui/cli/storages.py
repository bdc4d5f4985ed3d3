"""`dwtui storages`: look at storages, and at the policies they need. `storage_changes` changes them."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from dwtui.cli import words
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import Cell, Column, print_facts, print_json, print_raw, print_table, say
from dwtui.cli.session import PAGE, Session, every, said, signed_in

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import PolicyForms, StorageDetails, StorageSummary, StudySummary

app = App(name="storages", help="Attach, verify, rotate and remove storages.")
for _name, _help in (
    ("add", "Attach a storage, after a verification."),
    ("verify", "Verify a storage, with the keys it has or with others."),
    ("edit", "Rename a storage, or change what it is meant for."),
    ("rotate", "Give a storage new keys, after a verification."),
    ("delete", "Delete a storage. What lies in the bucket stays."),
):
    app.command(f"dwtui.cli.storage_changes:{_name}", name=_name, help=_help)

StorageArgument = Annotated[str, Parameter(help="The storage's id or name.")]
Use = Literal["documents", "data"]
Order = Literal["name", "bucket", "health", "use", "verified", "key-age"]
Form = Literal["console", "aws-cli", "cloudformation", "terraform", "json"]

_COLUMNS = (
    Column("NAME"),
    Column("BUCKET AND PREFIX", drop=1),
    Column("ACCOUNT", drop=3),
    Column("KEYS", drop=4),
    Column("USED BY", drop=2),
    Column("HEALTH"),
    Column("VERIFIED", drop=5),
    Column("ID"),
)


@app.command(name="list", help="List the storages of an organization.")
def list_(
    *,
    search: Annotated[str | None, Parameter(help="Part of the name, id, bucket, prefix or account.")] = None,
    health: Annotated[
        Literal["healthy", "unhealthy"] | None, Parameter(help="Only those of this health.")
    ] = None,
    sort: Annotated[Order, Parameter(help="What to sort by. `health`: what is wrong first.")] = "name",
    limit: Annotated[int | None, Parameter(help="At most so many.")] = None,
    scope: Scope = SCOPE,
) -> None:
    """List the storages of an organization."""
    from dwtui.client.generated.base_model import UNSET
    from dwtui.client.generated.enums import StorageBackendOrder

    with signed_in(scope) as session:
        organization = session.organization(scope)

        async def fetch(after: str | None) -> Any:
            return await session.api.storage_backends(
                organization.id,
                first=min(PAGE, limit or PAGE),
                after=after,
                search=search,
                healthy=UNSET if health is None else health == "healthy",
                order_by=StorageBackendOrder(sort.replace("-", "_").upper()),
            )

        async def collect() -> "list[StorageSummary]":
            return [storage async for storage in every(fetch, limit)]

        storages = session.wait(collect())
    if scope.json:
        print_json([storage.model_dump(mode="json", by_alias=True) for storage in storages])
        return
    narrowed = search or health
    empty = (
        "No storage is like that."
        if narrowed
        else "There are no storages yet. Attach one: dwtui storages add"
    )
    print_table(_COLUMNS, [_row(storage) for storage in storages], empty)


@app.command(help="Show one storage: identity, permissions with remedies, and the studies that use it.")
def show(storage: StorageArgument, *, scope: Scope = SCOPE) -> None:
    """Show one storage."""
    with signed_in(scope) as session:
        details = session.wait(session.api.storage_backend(session.storage_id(storage, scope)))
        studies = _studies(session, details.id)
    if scope.json:
        document = details.model_dump(mode="json", by_alias=True)
        document["studies"] = [study.model_dump(mode="json", by_alias=True) for study in studies]
        print_json(document)
        return
    print_storage(details)
    _print_use(details.id, studies)
    if details.verification is not None:
        from dwtui.cli.verifying import print_probes

        say()
        print_probes(details.verification.probes)


@app.command(help="Print the least that an IAM user must be allowed, for a storage or for a place.")
def policy(
    storage: Annotated[str | None, Parameter(help="The id or name of a storage; or say --bucket.")] = None,
    *,
    bucket: Annotated[str | None, Parameter(help="A bucket that is not attached yet.")] = None,
    prefix: Annotated[str | None, Parameter(help="The prefix in it.")] = None,
    use: Annotated[
        list[Use] | None, Parameter(help="What for (default: both).", negative="", consume_multiple=True)
    ] = None,
    user_name: Annotated[str | None, Parameter(help="The name of the IAM user to make.")] = None,
    kms_key_arn: Annotated[
        str | None, Parameter(help="The customer KMS key the bucket is encrypted with.")
    ] = None,
    region: Annotated[
        str | None, Parameter(help="The bucket's region, for the condition on the KMS key.")
    ] = None,
    introspection: Annotated[bool, Parameter(help="Also allow to see the age and use of the keys.")] = True,
    form: Annotated[Form, Parameter(help="In which form.")] = "console",
    scope: Scope = SCOPE,
) -> None:
    """Print the least-privilege policy for a storage or for a place."""
    from dwtui.client.generated.enums import StorageUse
    from dwtui.client.generated.input_types import SuggestedPolicyInput

    if (storage is None) == (bucket is None):
        raise UsageError("Name a storage, or a bucket with --bucket.")
    uses = [StorageUse(one.upper()) for one in use] if use else None
    with signed_in(scope) as session:
        if storage is not None:
            saved = session.wait(session.api.storage_backend(session.storage_id(storage, scope)))
            if saved.bucket is None:
                raise UsageError(
                    "You may not see where that storage lies. Ask an administrator of the organization."
                )
            bucket, prefix, uses = saved.bucket, saved.prefix, uses or saved.uses
            region = region or saved.region
        place = said(bucket=bucket, prefix=prefix, uses=uses, region=region)
        wishes = said(user_name=user_name, kms_key_arn=kms_key_arn, introspection=introspection)
        forms = session.wait(session.api.suggested_policy(SuggestedPolicyInput(**place, **wishes)))
    if scope.json:
        print_json(forms.model_dump(mode="json", by_alias=True))
    else:
        print_raw(_in_form(forms, form))


def print_storage(storage: "StorageDetails") -> None:
    """What is known of a storage, but for its probes and its studies."""
    age = words.ago(storage.key_created_at or storage.keys_changed_at)
    identity = storage.identity.value if storage.identity else None
    keys = "blank: the application's own identity" if identity == "BLANK" else storage.access_key
    account = " ".join(
        part
        for part in (storage.account_id, f"({storage.account_alias})" if storage.account_alias else "")
        if part
    )
    defaults = [
        what
        for what, is_default in (
            ("documents", storage.is_default_for_documents),
            ("data files", storage.is_default_for_data),
        )
        if is_default
    ]
    print_facts(
        (
            ("Name", storage.name),
            ("Id", storage.id),
            ("Place", words.place(storage.bucket, storage.prefix)),
            ("Endpoint", storage.endpoint_url),
            ("Region", storage.region),
            ("Meant for", words.uses(storage.uses)),
            ("Keys", keys),
            ("Keys made", age if identity == "KEY_PAIR" else None),
            ("Identity", storage.arn),
            ("Account", account or None),
            ("Health", words.health(storage.healthy, storage.obstacle) if storage.bucket else None),
            ("Verified", words.ago(storage.verified_at) if storage.verified_at else None),
            ("Default for", " and ".join(defaults) or None),
            ("Attached", words.moment(storage.created_at)),
            ("By", storage.created_by.name if storage.created_by else None),
            ("Kind", "the organization's default storage, provisioned" if storage.is_default else None),
        )
    )


def _studies(session: Session, id: str) -> "list[StudySummary]":
    async def fetch(after: str | None) -> Any:
        return (await session.api.storage_studies(id, first=PAGE, after=after)).studies

    async def collect() -> "list[StudySummary]":
        return [study async for study in every(fetch)]

    return session.wait(collect())


def _print_use(id: str, studies: "list[StudySummary]") -> None:
    if not studies:
        say("Used by no study.")
        return
    say()
    columns = (Column("USED BY STUDY"), Column("SHORT CODE", drop=1), Column("FOR"), Column("ID"))
    rows: list[list[Cell]] = []
    for study in studies:
        purposes = ["documents"] if study.document_storage.id == id else []
        purposes += ["data files"] if id in [one.id for one in study.data_storage] else []
        rows.append([study.name, study.short_code, " and ".join(purposes), study.id])
    print_table(columns, rows, "")


def _row(storage: "StorageSummary") -> list[Cell]:
    counts = ((storage.document_study_count, "documents"), (storage.data_study_count, "data"))
    used = ", ".join(f"{count} for {what}" for count, what in counts if count)
    return [
        storage.name,
        words.place(storage.bucket, storage.prefix),
        storage.account_alias or storage.account_id,
        {"BLANK": "blank", "KEY_PAIR": "own", None: None}[
            storage.identity.value if storage.identity else None
        ],
        used,
        words.health(storage.healthy, storage.obstacle) if storage.bucket else None,
        words.ago(storage.verified_at) if storage.verified_at else None,
        storage.id,
    ]


def _in_form(forms: "PolicyForms", form: Form) -> str:
    if form == "console":
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(forms.console_steps, 1))
        return f"{steps}\n\nThe suggested policy:\n\n{forms.document}"
    return {
        "aws-cli": forms.aws_cli,
        "cloudformation": forms.cloud_formation,
        "terraform": forms.terraform,
        "json": forms.document,
    }[form]
