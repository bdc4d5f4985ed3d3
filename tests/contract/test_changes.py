"""The contract changes in no breaking way unnoticed. `released.graphql` is what clients know."""

import pytest

from tests.contract.accept import RELEASED, breaking_changes, current_text


def test_nothing_breaks_clients_that_are_in_use() -> None:
    broken = breaking_changes(RELEASED.read_text(), current_text())
    assert not broken, (
        "\nThe contract changes in ways that break clients in use:\n  "
        + "\n  ".join(broken)
        + "\nKeep what was there (deprecate it, add beside it). If the break is meant, accept it with\n"
        "  uv run python -m tests.contract.accept --breaking\nand say why in the commit."
    )


def test_what_is_new_is_accepted_so_that_its_loss_will_be_noticed() -> None:
    assert current_text() == RELEASED.read_text(), (
        "\nThe contract has grown. Accept it with\n  uv run python -m tests.contract.accept"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("region: String\n", ""),
        ("first: Int = 50", "first: Int!"),
        ("bucket: String!\n  endpointUrl", "bucket: Int!\n  endpointUrl"),
        ("WARN", "WARNED"),
        ("hasNextPage: Boolean!", "hasNextPage: Boolean"),
    ],
)
def test_a_breaking_change_is_noticed(old: str, new: str) -> None:
    text = RELEASED.read_text()
    assert old in text
    assert breaking_changes(text, text.replace(old, new))


def test_an_addition_breaks_nothing() -> None:
    text = RELEASED.read_text()
    assert not breaking_changes(
        text, text.replace("enum Outcome {", "type Added {\n  one: Int\n}\n\nenum Outcome {")
    )
