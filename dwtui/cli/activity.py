"""`dwtui activity`: who did what, when, to what, with what outcome."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from dwtui.cli import words
from dwtui.cli.options import SCOPE, Scope
from dwtui.cli.printing import Column, print_json, print_table
from dwtui.cli.session import PAGE, every, is_id, said, signed_in

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import ActivityLine

app = App(name="activity", help="Who did what, when, to what, with what outcome.")
_COLUMNS = (
    Column("WHEN"),
    Column("WHO"),
    Column("WHAT"),
    Column("TO WHAT", drop=1),
    Column("OUTCOME"),
    Column("SUMMARY", drop=2),
)


@app.default
def activity(
    *,
    subject: Annotated[
        str | None, Parameter(help="Only what was done to this: a storage's name, or any id.")
    ] = None,
    actor: Annotated[
        str | None, Parameter(help="Only what this member did: e-mail address, id or name.")
    ] = None,
    action: Annotated[str | None, Parameter(help="Only actions that begin so, as `storage_backend.`")] = None,
    outcome: Annotated[
        Literal["succeeded", "refused", "failed"] | None, Parameter(help="Only this outcome.")
    ] = None,
    limit: Annotated[int, Parameter(help="At most so many lines.")] = 50,
    scope: Scope = SCOPE,
) -> None:
    """The activity of an organization, newest first."""
    from dwtui.client.generated.enums import Outcome

    with signed_in(scope) as session:
        organization = session.organization(scope).id
        narrowed = said(
            subject=subject
            if subject is None or is_id(subject, subject[:2])
            else session.storage_id(subject, scope),
            actor=session.user_id(actor, organization) if actor else None,
            action=action,
            outcome=Outcome(outcome.upper()) if outcome else None,
        )

        async def fetch(after: str | None) -> Any:
            return await session.api.activity(organization, first=min(PAGE, limit), after=after, **narrowed)

        async def collect() -> "list[ActivityLine]":
            return [line async for line in every(fetch, limit)]

        lines = session.wait(collect())
    if scope.json:
        print_json([line.model_dump(mode="json", by_alias=True) for line in lines])
        return
    rows = [
        [
            words.moment(line.at),
            line.actor_name,
            line.action,
            line.subject_name,
            words.outcome(line.outcome),
            line.summary,
        ]
        for line in lines
    ]
    print_table(_COLUMNS, rows, "Nothing like that has happened yet.")
