"""The workspace of one's own: an API process on this machine, with a database in the user's data folder.

Whoever needs it starts it; it ends by itself when nobody has asked for anything for a while, and outlives the
program that started it until then.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from dwtui.client.errors import ConnectionLost
from dwtui.client.running_api import end_outdated, running_api
from dwtui.private_files import Busy, locked, private_folder, write_private
from dwtui.settings import data_folder

START_SECONDS = 60.0
IDLE_SECONDS = 600
_LONGEST_SOCKET_PATH = 103
_LARGEST_LOG = 1024 * 1024


class WorkspaceError(ConnectionLost):
    """The workspace can not be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What a workspace begins with."""

    organization: str
    """The name of its organization."""
    user: str
    """The name of its first user."""
    email: str
    application_bucket: str
    """The bucket for default storages, reached with the person's own AWS identity."""


@dataclass(frozen=True, slots=True)
class WorkspaceOwner:
    """How the first user of a workspace signs in."""

    token: str = field(repr=False)
    """It can not be shown again."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The workspace in a folder."""

    folder: Path = field(default_factory=lambda: data_folder() / "workspace")

    @property
    def socket(self) -> Path:
        """The Unix socket of its API."""
        return self.folder / "run" / "api.sock"

    @property
    def url(self) -> str:
        """Where its API is, for a profile."""
        return f"unix://{self.socket}"

    @property
    def log(self) -> Path:
        """What its API had to say."""
        return self.folder / "api.log"

    @property
    def exists(self) -> bool:
        """Whether there is one already."""
        return self._facts.exists()

    def create(self, new: NewWorkspace) -> WorkspaceOwner:
        """Make the database, its key, the first organization and its administrator. It blocks."""
        with self._lock():
            if self.exists:
                raise WorkspaceError(f"There is a workspace already, in {self.folder}.")
            facts = {
                "application_bucket": new.application_bucket,
                "organization": new.organization,
                "email": new.email,
            }
            names = ["--organization", new.organization, "--user", new.user, "--email", new.email]
            answer = self._server(["init", *names], new.application_bucket)
            write_private(self._facts, json.dumps(facts, indent=2).encode())
        return _owner(answer)

    def renew(self) -> WorkspaceOwner:
        """A further token for its first user, for when theirs got lost. It blocks."""
        facts = self._read_facts()
        command = ["tokens", "create", facts["email"], "--name", "workspace"]
        answer = self._server(command, facts["application_bucket"])
        return _owner(answer)

    def start(self, seconds: float = START_SECONDS) -> None:
        """See to it that its API runs. It blocks until it answers, or for that many seconds."""
        deadline = time.monotonic() + seconds
        bucket = self._read_facts()["application_bucket"]
        with self._lock(seconds):
            if self._answers():
                return
            process = self._spawn(bucket)
            while not self._answers():
                if process.poll() is not None:
                    raise WorkspaceError(f"The workspace's API ended while starting: {self._last_words()}")
                if time.monotonic() > deadline:
                    process.terminate()
                    raise WorkspaceError(f"The workspace's API did not start in time. Its log: {self.log}")
                time.sleep(0.05)

    async def revive(self) -> None:
        """As `start`, without blocking the event loop."""
        await asyncio.to_thread(self.start)

    async def replace_outdated(self) -> None:
        """End an API that an earlier version of this program has left running; `revive` then starts one anew."""
        await asyncio.to_thread(end_outdated, self.socket)

    @property
    def _facts(self) -> Path:
        return self.folder / "workspace.json"

    def _read_facts(self) -> dict[str, str]:
        try:
            facts = json.loads(self._facts.read_bytes())
            return {name: str(facts[name]) for name in ("application_bucket", "organization", "email")}
        except FileNotFoundError:
            raise WorkspaceError(
                f"There is no workspace in {self.folder} yet. Start `dwtui` to make one."
            ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WorkspaceError(
                f"{self._facts} can not be read. Restore it, or move the folder away."
            ) from error

    @contextmanager
    def _lock(self, seconds: float = START_SECONDS) -> Iterator[None]:
        if len(os.fsencode(self.socket)) > _LONGEST_SOCKET_PATH:
            raise WorkspaceError(
                f"{self.socket} is too long for a socket. Set XDG_DATA_HOME to a shorter folder."
            )
        private_folder(self.folder)
        try:
            with locked(self.folder / "run" / "start.lock", seconds):
                yield
        except Busy as error:
            raise WorkspaceError(
                "The workspace is being started by another program that does not get done."
            ) from error

    def _environment(self, bucket: str) -> dict[str, str]:
        """The person's environment, which holds the way to AWS, and the API's settings."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("DWTUI_")}
        return {
            **ours,
            "DWTUI_SERVER_DATABASE_URL": f"sqlite:///{self.folder / 'dwtui.sqlite'}",
            "DWTUI_SERVER_LOCAL_KEY_FILE": str(self.folder / "key"),
            "DWTUI_SERVER_APPLICATION_BUCKET": bucket,
        }

    def _server(self, arguments: list[str], bucket: str) -> dict[str, Any]:
        """Run a `dwtui server` command; what it answers."""
        try:
            done = subprocess.run(  # noqa: S603  # our own program
                [sys.executable, "-m", "dwtui", "server", *arguments, "--json"],
                env=self._environment(bucket),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=START_SECONDS,
                check=False,
                umask=0o077,
            )
        except subprocess.TimeoutExpired as error:
            raise WorkspaceError("The workspace could not be made in time. Try again.") from error
        if done.returncode:
            raise WorkspaceError(
                f"The workspace could not be made: {_last_line(done.stderr) or 'no reason given'}"
            )
        try:
            answer = json.loads(done.stdout)
        except ValueError as error:
            raise WorkspaceError(
                "The workspace's answer is not understood. Is another dwtui installed here?"
            ) from error
        return cast(dict[str, Any], answer)

    def _spawn(self, bucket: str) -> "subprocess.Popen[bytes]":
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            flags |= os.O_TRUNC
        log = os.open(self.log, flags, 0o600)
        try:
            return subprocess.Popen(  # noqa: S603  # our own program
                [
                    sys.executable,
                    "-m",
                    "dwtui",
                    "serve",
                    "--uds",
                    str(self.socket),
                    "--idle-exit",
                    str(IDLE_SECONDS),
                ],
                env=self._environment(bucket),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=0o077,
            )
        finally:
            os.close(log)

    def _answers(self) -> bool:
        """Whether the API on the socket says that it is well."""
        return running_api(self.socket) is not None

    def _last_words(self) -> str:
        try:
            text = self.log.read_bytes()[-16384:].decode("utf-8", "replace")
        except OSError:
            text = ""
        return _last_line(text) or f"it wrote nothing to {self.log}"


def _owner(answer: dict[str, Any]) -> WorkspaceOwner:
    try:
        return WorkspaceOwner(token=str(answer["token"]))
    except KeyError as error:
        raise WorkspaceError(
            "The workspace's answer holds no token. Is another dwtui installed here?"
        ) from error


def _last_line(text: str) -> str:
    """The last line of a log, its message alone where it is a line of JSON."""
    line = next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    return str(entry["message"]) if isinstance(entry, dict) and "message" in entry else line
