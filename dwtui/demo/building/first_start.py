"""The API's first start, `python -m dwtui.demo.building.first_start …`: its installation is made, then it serves.

It is one process because the libraries of both are the same, and take seconds to import. A line of JSON on stdout
tells of the organizations that were made; then come those of `dwtui serve`, whose options it takes.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from dwtui.demo.building.made import MadeOrganization
from dwtui.demo.sample.organizations import SAMPLES, SampleOrganization
from dwtui.demo.sample.people import SamplePerson
from dwtui.server.accounts.tokens import create_token
from dwtui.server.accounts.users import create_user
from dwtui.server.operating.opening import opened
from dwtui.server.operating.people import initialise, make_organization
from dwtui.server.operating.places import allow_blank_keys
from dwtui.server.secrets import create_key_file
from dwtui.server.serve import serve
from dwtui.server.settings import ServerSettings, load_settings

_TOKEN_DAYS = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the installation that the environment's settings describe, then serve it."""
    parser = argparse.ArgumentParser(prog="python -m dwtui.demo.building.first_start", description=__doc__)
    parser.add_argument("--uds", type=Path)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--lifeline", type=int)
    given = parser.parse_args(arguments)
    settings = load_settings()
    made = asyncio.run(_install(settings))
    sys.stdout.write(json.dumps([asdict(organization) for organization in made]) + "\n")
    sys.stdout.flush()
    return serve(
        "dwtui.server.asgi:application",
        settings,
        host=given.host,
        port=given.port,
        uds=given.uds,
        lifeline_fd=given.lifeline,
    )


async def _install(settings: ServerSettings) -> list[MadeOrganization]:
    """The key, the database, and what only the operator can do: organizations, users, places for blank keys."""
    assert settings.local_key_file is not None  # the world's settings have one
    create_key_file(settings.local_key_file)
    first, *others = SAMPLES
    made = [await _first_organization(settings, first)]
    made += [await _further_organization(settings, sample) for sample in others]
    for organization, sample in zip(made, SAMPLES, strict=True):
        for storage in sample.storages:
            if storage.user is None:
                await allow_blank_keys(
                    settings, organization_id=organization.id, bucket=storage.bucket, prefix=storage.prefix
                )
    return made


async def _first_organization(settings: ServerSettings, sample: SampleOrganization) -> MadeOrganization:
    administrator, *others = sample.people
    made = await initialise(
        settings,
        organization=sample.name,
        name=administrator.name,
        email=administrator.email,
        days=_TOKEN_DAYS,
    )
    tokens = await _create_users(settings, others)
    return MadeOrganization(made.organization_id, {administrator.email: made.token.secret, **tokens})


async def _further_organization(settings: ServerSettings, sample: SampleOrganization) -> MadeOrganization:
    tokens = await _create_users(settings, sample.people)
    administrator = sample.people[0].email
    row = await make_organization(settings, name=sample.name, administrator_email=administrator)
    return MadeOrganization(row.id, tokens)


async def _create_users(settings: ServerSettings, people: Iterable[SamplePerson]) -> dict[str, str]:
    """Make users, each with a token; the tokens by e-mail address."""
    tokens = {}
    async with opened(settings) as database, database.change() as session:
        for person in people:
            user = await create_user(session, person.name, person.email)
            _, tokens[person.email] = await create_token(session, user.id, "demo", days=_TOKEN_DAYS)
    return tokens


if __name__ == "__main__":
    sys.exit(main())
