"""Nothing of the person's own settings reaches the world's processes."""

import pytest

from dwtui.demo.environment import clean_environment


def test_what_would_lead_astray_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = (
        "AWS_PROFILE",
        "AWS_ACCESS_KEY_ID",
        "AWS_ENDPOINT_URL_S3",
        "DWTUI_TOKEN",
        "DWTUI_SERVER_DATABASE_URL",
        "MOTO_ACCOUNT_ID",
        "INITIAL_NO_AUTH_ACTION_COUNT",
        "HTTP_PROXY",
        "https_proxy",
        "all_proxy",
    )
    for name in foreign:
        monkeypatch.setenv(name, "http://elsewhere.example")
    monkeypatch.setenv("LANG", "C.UTF-8")
    environment = clean_environment()
    assert not set(foreign) & set(environment)
    assert environment["LANG"] == "C.UTF-8"
