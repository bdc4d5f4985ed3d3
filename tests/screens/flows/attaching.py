"""The steps of the add flow, as the tests go through them."""

from tests.screens.flows.conftest import both
from tests.screens.flows.walking import Walker
from tests.support.cloud import Keys, Place
from tests.support.world import World

ALL = """
query ($id: ID!) { allStorageBackends(organization: $id) { edges { node {
  id name bucket prefix uses identity healthy accessKey isDefault isDefaultForDocuments isDefaultForData
} } } }
"""


def storages(world: World) -> list[dict[str, object]]:
    """The storages of the organization, but for the one it was born with."""
    edges = world.post(ALL, {"id": world.organization}).value["edges"]
    return [edge["node"] for edge in edges if not edge["node"]["isDefault"]]


async def to_policy(walker: Walker, place: Place, name: str = "Tumors", prefix: str = "team-a") -> None:
    """Through the basics."""
    await walker.press("a")
    await walker.sees("Basics", "What your colleagues will know it by")
    await walker.burst(*name, "enter", *place.bucket, "enter", *prefix)
    await walker.until(lambda: walker.field("prefix").value == prefix)
    await walker.press("ctrl+n")
    await walker.sees("make an IAM user", f"dwtui-{place.bucket}")


async def to_keys(walker: Walker, place: Place, **basics: str) -> None:
    """Through basics and policy."""
    await to_policy(walker, place, **basics)
    await walker.press("enter")
    await walker.sees("Access key id", "Secret access key")


async def verify_with(walker: Walker, keys: Keys) -> None:
    """Paste keys and verify."""
    await walker.paste(both(keys))
    await walker.press("enter")
