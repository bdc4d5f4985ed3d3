"""The operator's settings: from the environment, judged in words, never shown."""

from pathlib import Path

import pytest

from dwtui.server.settings import ServerSettings, SettingsError, load_settings

MINIMUM = {
    "DWTUI_SERVER_DATABASE_URL": "postgresql://dwtui:hunter2hunter2@db.internal:5432/dwtui?sslmode=require&password=hunter3",
    "DWTUI_SERVER_KMS_KEY": "alias/dwtui",
    "DWTUI_SERVER_APPLICATION_BUCKET": "application-bucket",
}  # fmt: skip


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in MINIMUM.items():
        monkeypatch.setenv(name, value)


def test_they_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWTUI_SERVER_MAX_DEPTH", "9")
    monkeypatch.setenv("DWTUI_SERVER_INTROSPECTION", "false")
    monkeypatch.setenv("DWTUI_SERVER_APPLICATION_PREFIX", "/a/b/")
    settings = load_settings()
    assert settings.kms_key == "alias/dwtui"
    assert settings.limits.depth == 9
    assert settings.introspection is False
    assert settings.application_prefix == "a/b"
    assert settings.allow_private_endpoints is False


def test_the_command_line_comes_first_where_it_says_something() -> None:
    settings = load_settings(database_url="sqlite:////data/dwtui.db", application_bucket=None)
    assert settings.database_url.get_secret_value() == "sqlite:////data/dwtui.db"
    assert settings.application_bucket == "application-bucket"


def test_the_password_shows_nowhere() -> None:
    settings = load_settings()
    shown = repr(settings) + str(settings) + settings.model_dump_json() + settings.database_place
    assert "hunter" not in shown
    assert settings.database_place == "postgresql://db.internal:5432/dwtui"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"database_url": "mysql://root:hunter2hunter2@db/x"},
            "DWTUI_SERVER_DATABASE_URL: it must begin with",
        ),
        ({"database_url": "hunter2hunter2"}, "DWTUI_SERVER_DATABASE_URL"),
        ({"database_url": "sqlite://hunter2hunter2/x.db"}, "sqlite:///path"),
        ({"database_url": "sqlite:///"}, "sqlite:///path"),
        ({"local_key_file": Path("key.json")}, "one of DWTUI_SERVER_KMS_KEY and DWTUI_SERVER_LOCAL_KEY_FILE"),
        ({"max_depth": "hunter2hunter2"}, "DWTUI_SERVER_MAX_DEPTH"),
        ({"max_depth": 0}, "DWTUI_SERVER_MAX_DEPTH"),
        ({"log_level": "hunter2hunter2"}, "DWTUI_SERVER_LOG_LEVEL"),
    ],
)
def test_wrong_ones_are_named_without_their_values(given: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**given)
    assert says in caught.value.message
    assert "hunter" not in caught.value.message
    assert caught.value.__cause__ is None


def test_missing_ones_are_all_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in MINIMUM:
        monkeypatch.delenv(name)
    with pytest.raises(SettingsError) as caught:
        load_settings(kms_key="alias/dwtui")
    assert "DWTUI_SERVER_DATABASE_URL: it is not set" in caught.value.message
    assert "DWTUI_SERVER_APPLICATION_BUCKET: it is not set" in caught.value.message
    with pytest.raises(SettingsError, match="DWTUI_SERVER_KMS_KEY and"):
        load_settings(database_url="sqlite:///x.db", application_bucket="application-bucket")


def test_every_setting_is_documented() -> None:
    assert [name for name, field in ServerSettings.model_fields.items() if not field.description] == []
