"""What only the operator can do: the first administrators, the users, tokens, and places for blank keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dwtui.demo.sample.people import SamplePerson
from dwtui.demo.sample.storages import SampleStorage
from dwtui.server.accounts.tokens import create_token
from dwtui.server.accounts.users import create_user
from dwtui.server.operating.opening import opened
from dwtui.server.operating.people import initialise, make_organization
from dwtui.server.operating.places import allow_blank_keys
from dwtui.server.settings import ServerSettings

_TOKEN_DAYS = 30


@dataclass(frozen=True)
class NewOrganization:
    """An organization with the token of its administrator; `tokens` of others by what they are known as."""

    id: str
    administrator_token: str = field(repr=False)
    tokens: dict[str, str] = field(repr=False)


async def create_first_organization(
    settings: ServerSettings, name: str, people: Sequence[SamplePerson]
) -> NewOrganization:
    """The installation's first organization; the first of the people administers it, all get accounts."""
    first, *others = people
    made = await initialise(
        settings, organization=name, name=first.name, email=first.email, days=_TOKEN_DAYS
    )
    tokens = await _create_users(settings, others)
    if first.known_as:
        tokens[first.known_as] = made.token.secret
    return NewOrganization(made.organization_id, made.token.secret, tokens)


async def create_organization(
    settings: ServerSettings, name: str, people: Sequence[SamplePerson]
) -> NewOrganization:
    """A further organization, likewise."""
    tokens = await _create_users(settings, people, also=people[0])
    row = await make_organization(settings, name=name, administrator_email=people[0].email)
    return NewOrganization(row.id, tokens.pop(people[0].email), tokens)


async def allow_places(settings: ServerSettings, organization: str, storages: Iterable[SampleStorage]) -> None:
    """Let an organization use the places of its storages with blank keys."""
    for storage in storages:
        if storage.user is None:
            await allow_blank_keys(
                settings, organization_id=organization, bucket=storage.bucket, prefix=storage.prefix
            )


async def _create_users(
    settings: ServerSettings, people: Iterable[SamplePerson], also: SamplePerson | None = None
) -> dict[str, str]:
    """Make users; the tokens of those that are known as something, and of `also` by its address."""
    tokens = {}
    async with opened(settings) as database, database.change() as session:
        for person in people:
            user = await create_user(session, person.name, person.email)
            known_as = person.email if person is also else person.known_as
            if known_as:
                _, tokens[known_as] = await create_token(session, user.id, "demo", days=_TOKEN_DAYS)
    return tokens
