"""Builds the world, step by step, as much of it at once as does not depend on the rest."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from dwtui.demo.api_process import Address, ApiProcess
from dwtui.demo.building.made import MadeOrganization
from dwtui.demo.building.steps import Steps
from dwtui.demo.cloud.keys import new_key_pair
from dwtui.demo.cloud.port import listening_socket
from dwtui.demo.environment import api_environment, aws_environment, clean_environment
from dwtui.demo.messages import Message, Ready
from dwtui.demo.sample.organizations import LANTERN, SAMPLES

_REGION = "us-east-1"


def build(
    folder: Path,
    address: Address,
    tell: Callable[[Message], None],
    look_after: Callable[[ApiProcess], None],
) -> None:
    """Build the world in that folder and this process. `look_after` gets the API's process, to end it."""
    steps = Steps(4 + sum(len(sample.storages) + len(sample.departed) for sample in SAMPLES), tell)
    steps.next("Starting a local AWS and the API")
    listening, application_pair = listening_socket(), new_key_pair()
    endpoint = "http://{}:{}".format(*listening.getsockname())
    environment = {
        **clean_environment(),
        **api_environment(folder),
        **aws_environment(folder, endpoint, _REGION, application_pair),
    }
    api = ApiProcess(address, environment, folder)
    look_after(api)
    api.start_first()
    # moto takes more than a second to import, and so does what the API needs: they do it side by side.
    from dwtui.demo.building.cloud import fill_cloud
    from dwtui.demo.cloud.server import CloudServer

    steps.next("Filling buckets")
    CloudServer(listening).start()
    cloud = fill_cloud(application_pair)

    from dwtui.demo.building.furnishing import furnish

    made = api.wait_until_installed()
    url = api.wait_until_ready()

    async def furnish_all() -> None:
        both = zip(made, SAMPLES, strict=True)
        await asyncio.gather(*(furnish(url, it, sample, cloud.pairs, steps) for it, sample in both))

    asyncio.run(furnish_all())
    tell(Ready(url, _tokens(made[0]), made[0].id, endpoint, cloud.trials))


def _tokens(lantern: MadeOrganization) -> dict[str, str]:
    """The tokens that are handed out, by what their owners are known as."""
    return {it.known_as: lantern.tokens[it.email] for it in LANTERN.people if it.known_as}
