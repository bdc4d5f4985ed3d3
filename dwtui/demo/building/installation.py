"""The world's installation of the API: a database, a key and settings of its own, in the world's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dwtui.demo.sample.accounts import APPLICATION_BUCKET
from dwtui.server.secrets import create_key_file
from dwtui.server.settings import ENV_PREFIX, ServerSettings, load_settings


@dataclass(frozen=True)
class Installation:
    """Where the installation keeps what."""

    folder: Path

    @classmethod
    def create(cls, folder: Path) -> "Installation":
        """A new installation in a private folder."""
        installation = cls(folder)
        create_key_file(installation._key_file)
        return installation

    @property
    def environment(self) -> Mapping[str, str]:
        """The settings as `dwtui serve` reads them."""
        return {
            f"{ENV_PREFIX}DATABASE_URL": self._database,
            f"{ENV_PREFIX}LOCAL_KEY_FILE": str(self._key_file),
            f"{ENV_PREFIX}APPLICATION_BUCKET": APPLICATION_BUCKET,
            f"{ENV_PREFIX}ALLOW_PRIVATE_ENDPOINTS": "true",
        }

    @property
    def settings(self) -> ServerSettings:
        """The settings as the operator's commands take them."""
        return load_settings(
            database_url=self._database,
            local_key_file=self._key_file,
            application_bucket=APPLICATION_BUCKET,
        )

    @property
    def _database(self) -> str:
        return f"sqlite:///{self.folder / 'dwtui.sqlite'}"

    @property
    def _key_file(self) -> Path:
        return self.folder / "key"
