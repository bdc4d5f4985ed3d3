"""What the operator's commands share: the settings of the API, and its errors as those of the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from cyclopts import Group, Parameter

from dwtui.cli.outcome import UsageError
from dwtui.client.errors import error_from_answer

if TYPE_CHECKING:
    from dwtui.server.settings import ServerSettings

INSTALLATION = Group("The installation (each also by its DWTUI_SERVER_… variable)", sort_key=90)


@Parameter(name="*", group=INSTALLATION)
@dataclass(frozen=True, kw_only=True)
class Installation:
    """Which installation of the API a command is about."""

    database: Annotated[
        str | None,
        Parameter(
            help="sqlite:///relative/path, sqlite:////absolute/path or postgresql://user@host/name (…_DATABASE_URL). "
            "A password belongs into the variable."
        ),
    ] = None
    key_file: Annotated[
        Path | None, Parameter(help="The file with the keys that encrypt key pairs (…_LOCAL_KEY_FILE).")
    ] = None
    kms_key: Annotated[
        str | None, Parameter(help="The AWS KMS key that encrypts key pairs, instead of a file (…_KMS_KEY).")
    ] = None
    application_bucket: Annotated[
        str | None, Parameter(help="The bucket of the default storages (…_APPLICATION_BUCKET).")
    ] = None
    application_prefix: Annotated[
        str | None, Parameter(help="The prefix they lie below (…_APPLICATION_PREFIX).")
    ] = None


HERE = Installation()


@contextmanager
def operating() -> Iterator[None]:
    """Tell the application's failures as the command line tells the API's."""
    from dwtui.server.errors import ApplicationError
    from dwtui.server.settings import SettingsError

    try:
        yield
    except SettingsError as error:
        raise UsageError(error.message) from error
    except ApplicationError as error:
        raise error_from_answer(
            {"message": error.message, "extensions": {"code": error.code, **error.extensions}}
        ) from error


def settings_of(installation: Installation, **further: object) -> "ServerSettings":
    """The settings from the options, and from the environment where they are silent."""
    from dwtui.server.settings import load_settings

    if installation.database is not None and urlsplit(installation.database).password is not None:
        raise UsageError("A password is never taken from an argument. Set DWTUI_SERVER_DATABASE_URL instead.")
    return load_settings(
        database_url=installation.database,
        local_key_file=installation.key_file,
        kms_key=installation.kms_key,
        application_bucket=installation.application_bucket,
        application_prefix=installation.application_prefix,
        **further,
    )
