"""The operator's settings of the API: `DWTUI_SERVER_…` in the environment, or the command line."""

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from dwtui.server.errors import ApplicationError
from dwtui.server.transport.limits import Limits

ENV_PREFIX = "DWTUI_SERVER_"
DATABASE_SCHEMES = ("sqlite", "postgresql")

_LIMITS = Limits()

LogLevel = Literal["debug", "info", "warning", "error"]


class SettingsError(ApplicationError):
    """Settings that the API can not run with. The message is for the operator and holds no values."""


class ServerSettings(BaseSettings):
    """How one installation of the API is set up. Neither repr nor errors show a secret value."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: SecretStr = Field(
        description="Where the database is: `sqlite:///relative/path`, `sqlite:////absolute/path` or "
        "`postgresql://user:password@host/name`. May hold a password, so it is never shown."
    )
    kms_key: str | None = Field(
        None,
        min_length=1,
        description="The AWS KMS key that encrypts key pairs: its ARN, its id or `alias/…`. "
        "Either this or `local_key_file`.",
    )
    local_key_file: Path | None = Field(
        None, description="The file with the keys that encrypt key pairs, readable by its owner only."
    )
    application_bucket: str = Field(
        min_length=3,
        max_length=63,
        description="The application bucket: every organization's default storage lies in it.",
    )
    application_prefix: str = Field(
        "organizations",
        max_length=256,
        description="The prefix in the application bucket below which default storages are provisioned, "
        "without a slash at either end.",
    )
    allow_private_endpoints: bool = Field(
        False,
        description="Whether storages may name an S3-compatible endpoint on a private or loopback address.",
    )
    max_document_bytes: int = Field(
        2**29, ge=1, le=2**42, description="The largest document that can be uploaded, in bytes."
    )
    public_url: str | None = Field(
        None,
        max_length=512,
        pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$",
        description="The URL that clients reach the API at, where a proxy stands before it: links to downloads begin "
        "with it.",
    )
    introspection: bool = Field(True, description="Whether clients may ask for the schema itself.")
    max_body_bytes: int = Field(_LIMITS.body_bytes, ge=1024, description="Largest request body, in bytes.")
    max_characters: int = Field(
        _LIMITS.characters,
        ge=1000,
        description="Longest query document, in characters; variables do not count.",
    )
    max_tokens: int = Field(_LIMITS.tokens, ge=100, description="Longest query document, in lexical tokens.")
    max_depth: int = Field(_LIMITS.depth, ge=1, description="Deepest query, in levels of fields.")
    max_aliases: int = Field(
        _LIMITS.aliases, ge=0, description="Most aliases and repeated fields in a query document, together."
    )
    max_root_fields: int = Field(
        _LIMITS.root_fields, ge=1, description="Most fields at the top of an operation."
    )
    max_cost: int = Field(
        _LIMITS.cost, ge=100, description="Most fields an operation may have to resolve, as estimated before."
    )
    request_seconds: float = Field(
        _LIMITS.request_seconds, gt=0, description="Longest time for a query or mutation, in seconds."
    )
    stream_seconds: float = Field(
        _LIMITS.stream_seconds, gt=0, description="Longest time for a subscription, in seconds."
    )
    log_level: LogLevel = Field("info", description="The least serious log lines that are written.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr) -> SecretStr:
        parts = urlsplit(url.get_secret_value())
        if parts.scheme not in DATABASE_SCHEMES:
            raise ValueError("it must begin with sqlite:/// or postgresql://")
        if parts.scheme == "sqlite" and (parts.netloc or len(parts.path) < 2):
            raise ValueError("a SQLite database is named as sqlite:///path, or sqlite:////absolute/path")
        return url

    @field_validator("application_prefix")
    @classmethod
    def _without_slashes(cls, prefix: str) -> str:
        return prefix.strip("/")

    @model_validator(mode="after")
    def _one_key(self) -> "ServerSettings":
        if (self.kms_key is None) == (self.local_key_file is None):
            raise ValueError(f"set one of {ENV_PREFIX}KMS_KEY and {ENV_PREFIX}LOCAL_KEY_FILE")
        return self

    @property
    def database_place(self) -> str:
        """The database as it may be shown and logged: no user, no password, no parameters."""
        parts = urlsplit(self.database_url.get_secret_value())
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}"

    @property
    def limits(self) -> Limits:
        """What one request may ask for."""
        return Limits(
            body_bytes=self.max_body_bytes,
            characters=self.max_characters,
            tokens=self.max_tokens,
            depth=self.max_depth,
            aliases=self.max_aliases,
            root_fields=self.max_root_fields,
            cost=self.max_cost,
            request_seconds=self.request_seconds,
            stream_seconds=self.stream_seconds,
        )


def load_settings(**given: Any) -> ServerSettings:
    """The settings: what is `given` (and not None), then the environment. Raises SettingsError."""
    try:
        return ServerSettings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingsError(_in_words(error)) from None


def _in_words(error: ValidationError) -> str:
    problems = []
    for problem in error.errors(include_input=False, include_url=False, include_context=False):
        name = ENV_PREFIX + "_".join(str(part) for part in problem["loc"]).upper() if problem["loc"] else ""
        text = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "missing":
            text = "it is not set"
        problems.append(f"{name}: {text}" if name else text)
    return "The API's settings are incomplete or wrong. " + "; ".join(problems) + "."
