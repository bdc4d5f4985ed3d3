"""The API as a process: addresses, readiness, and every way it ends."""

import array
import fcntl
import json
import os
import signal
import socket
import stat
import subprocess
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dwtui.server.listening import ListenError, listening_unix
from tests.server.served import Process
from tests.support.waiting import until

Start = Callable[..., "Process"]


@pytest.fixture
def start() -> Iterator[Start]:
    processes: list[Process] = []

    def begin(
        pass_fds: tuple[int, ...] = (), environment: dict[str, str] | None = None, **options: Any
    ) -> Process:
        processes.append(Process(options, environment or {}, pass_fds))
        return processes[-1]

    yield begin
    for it in processes:
        if it.process.poll() is None:
            it.process.kill()
        it.process.wait()
        for stream in (it.process.stdout, it.process.stderr):
            assert stream is not None
            stream.close()


@pytest.fixture
def place() -> Iterator[Path]:
    """A socket path that is short enough for every system."""
    with tempfile.TemporaryDirectory(prefix="dwtui-") as directory:
        yield Path(directory) / "api.sock"


def client(url: str) -> httpx.Client:
    if url.startswith("unix://"):
        transport = httpx.HTTPTransport(uds=url.removeprefix("unix://"), verify=False)
        return httpx.Client(transport=transport, base_url="http://api", timeout=15)
    return httpx.Client(base_url=url, timeout=15, verify=False)


def unread(connection: socket.socket) -> int:
    """How many bytes wait to be read from it."""
    waiting = array.array("i", [0])
    fcntl.ioctl(connection, termios.FIONREAD, waiting)
    return waiting[0]


def healthy(url: str) -> bool:
    with client(url) as it:
        return it.get("/healthz").status_code == 200


class TestTcp:
    def test_any_free_port_is_reported(self, start: Start) -> None:
        it = start(port=0)
        ready = it.ready()
        assert ready["pid"] == it.process.pid
        assert ready["url"].startswith("http://127.0.0.1:")
        with client(ready["url"]) as http:
            answer = http.get("/healthz")
        assert answer.json()["status"] == "ok"
        assert "server" not in answer.headers
        it.process.send_signal(signal.SIGTERM)
        assert it.ends() == 0

    def test_a_port_in_use_is_one_clear_line(self, start: Start) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            it = start(port=port)
            assert it.ends() == 3
        assert it.complaint() == (
            f"dwtui serve: Port {port} of 127.0.0.1 is in use by another process. "
            "Choose another port, or 0 for any free one."
        )

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("host", "port", "says"),
        [
            ("nowhere.invalid", 0, "no host named 'nowhere.invalid'"),
            ("203.0.113.7", 0, "203.0.113.7 is not an address of this machine"),
            ("127.0.0.1", 99999, "99999 is no port"),
        ],
    )
    def test_an_address_that_can_not_be_had(self, start: Start, host: str, port: int, says: str) -> None:
        it = start(host=host, port=port)
        assert it.ends() == 3
        assert says in it.complaint()


class TestUnixSocket:
    def test_it_is_for_its_owner_alone_and_gone_afterwards(self, start: Start, place: Path) -> None:
        it = start(uds=str(place))
        ready = it.ready()
        assert ready["url"] == f"unix://{place}"
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert stat.S_IMODE(place.with_name("api.sock.lock").stat().st_mode) == 0o600
        assert healthy(ready["url"])
        it.process.send_signal(signal.SIGTERM)
        assert it.ends() == 0
        assert not place.exists()

    def test_a_second_one_leaves_the_first_alone(self, start: Start, place: Path) -> None:
        first = start(uds=str(place))
        url = first.ready()["url"]
        second = start(uds=str(place))
        assert second.ends() == 4
        assert second.complaint() == f"dwtui serve: The API is running already at {place}."
        assert healthy(url)

    @pytest.mark.slow
    def test_of_many_started_at_once_one_runs_and_the_others_say_so(self, start: Start, place: Path) -> None:
        all_of_them = [start(uds=str(place)) for _ in range(4)]
        until(lambda: sum(it.process.poll() is not None for it in all_of_them) == 3, 30)
        (running,) = [it for it in all_of_them if it.process.poll() is None]
        assert [it.ends() for it in all_of_them if it is not running] == [4, 4, 4]
        assert healthy(running.ready()["url"])

    def test_what_a_killed_process_left_behind_is_replaced(self, start: Start, place: Path) -> None:
        first = start(uds=str(place))
        first.ready()
        first.process.kill()
        first.process.wait()
        assert place.exists()
        assert healthy(start(uds=str(place)).ready()["url"])

    @pytest.mark.slow
    def test_a_strangers_socket_that_answers_is_not_replaced(self, start: Start, place: Path) -> None:
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.bind(str(place))
            stranger.listen()
            assert start(uds=str(place)).ends() == 4
            assert place.exists()

    @pytest.mark.slow
    def test_a_file_that_is_no_socket_is_not_replaced(self, start: Start, place: Path) -> None:
        place.write_text("precious")
        it = start(uds=str(place))
        assert it.ends() == 3
        assert "is no socket" in it.complaint()
        assert place.read_text() == "precious"

    def test_a_link_in_the_locks_place_is_not_followed(self, place: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        place.with_name(f"{place.name}.lock").symlink_to(elsewhere)
        with pytest.raises(ListenError), listening_unix(place):
            pass
        assert not elsewhere.exists()

    @pytest.mark.slow
    def test_one_that_is_about_to_end_is_waited_for(self, start: Start, place: Path) -> None:
        """As when a client starts the API just while the last one ends for being idle."""
        with place.with_name("api.sock.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            it = start(uds=str(place))
            with pytest.raises(subprocess.TimeoutExpired):
                it.process.wait(2)
        assert healthy(it.ready()["url"])

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("name", "says"), [("nowhere/api.sock", "No such file"), ("x" * 120, "longer than this system")]
    )
    def test_a_place_where_there_can_be_none(self, start: Start, place: Path, name: str, says: str) -> None:
        it = start(uds=str(place.parent / name))
        assert it.ends() == 3
        assert says in it.complaint()


class TestEnding:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_it_well(self, start: Start, tmp_path: Path, number: signal.Signals) -> None:
        it = start(environment={"SERVING_MARK": str(tmp_path / "mark")})
        it.ready()
        it.process.send_signal(number)
        assert it.ends() == 0
        assert (tmp_path / "mark").read_text() == "ended well"
        assert all(line.startswith("{") for line in it.errors)

    @pytest.mark.slow
    def test_open_requests_and_streams_are_cut_off_after_the_grace(
        self, start: Start, tmp_path: Path
    ) -> None:
        it = start(grace_seconds=0.5, environment={"SERVING_MARK": str(tmp_path / "mark")})
        url = it.ready()["url"]
        answers: list[httpx.Response] = []

        def hang() -> None:
            with client(url) as http:
                answers.append(http.get("/hang"))

        hanging = threading.Thread(target=hang)
        hanging.start()
        it.says("hanging")
        headers = {"Accept": "text/event-stream", "Authorization": "Bearer valid"}
        silent = {"query": "subscription { silent }"}
        with client(url) as http, http.stream("POST", "/graphql", json=silent, headers=headers) as stream:
            it.process.send_signal(signal.SIGTERM)
            stream.read()
        assert it.ends(8) == 0
        hanging.join()
        assert answers[0].status_code == 503
        assert "shutting down" in answers[0].json()["errors"][0]["message"]
        assert (tmp_path / "mark").read_text() == "ended well"
        assert not any("Traceback" in line for line in it.errors)

    @pytest.mark.slow
    def test_a_client_that_does_not_read_does_not_hold_it_up(self, start: Start, place: Path) -> None:
        it = start(grace_seconds=0.2, uds=str(place))
        it.ready()
        body = json.dumps({"query": "subscription { flood }"}).encode()
        head = (
            "POST /graphql HTTP/1.1\r\nHost: api\r\nAccept: text/event-stream\r\n"
            "Authorization: Bearer valid\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        with socket.socket(socket.AF_UNIX) as deaf:
            deaf.connect(str(place))
            deaf.sendall(head.encode() + body)
            until(lambda: unread(deaf) > 100_000)
            it.process.send_signal(signal.SIGTERM)
            assert it.ends(10) == 0

    @pytest.mark.slow
    def test_a_second_signal_does_not_wait_for_the_grace(self, start: Start) -> None:
        it = start(grace_seconds=60)
        url = it.ready()["url"]
        with client(url) as http:
            threading.Thread(target=lambda: http.get("/hang"), daemon=True).start()
            it.says("hanging")
            it.process.send_signal(signal.SIGINT)
            it.says('"stopping"')
            it.process.send_signal(signal.SIGINT)
            assert it.ends(10) == 0

    def test_the_end_of_its_lifeline_ends_it(self, start: Start, place: Path) -> None:
        reading, writing = os.pipe()
        it = start(uds=str(place), lifeline_fd=reading, pass_fds=(reading,))
        os.close(reading)
        assert healthy(it.ready()["url"])
        os.write(writing, b"still here")
        assert healthy(f"unix://{place}")
        os.close(writing)
        assert it.ends(8) == 0
        assert not place.exists()

    @pytest.mark.slow
    def test_a_hanging_event_loop_does_not_outlive_the_lifeline(self, start: Start) -> None:
        reading, writing = os.pipe()
        it = start(lifeline_fd=reading, pass_fds=(reading,), grace_seconds=0)
        os.close(reading)
        url = it.ready()["url"]

        def block() -> None:
            with client(url) as http, pytest.raises(httpx.HTTPError):
                http.get("/block")

        blocked = threading.Thread(target=block)
        blocked.start()
        it.says("blocking")
        os.close(writing)
        assert it.ends(12) == 1
        blocked.join()

    @pytest.mark.slow
    def test_a_lifeline_that_is_none_is_refused(self, start: Start) -> None:
        it = start(lifeline_fd=99)
        assert it.ends() == 3
        assert "lifeline 99 is not an open file descriptor" in it.complaint()

    def test_it_ends_when_it_was_idle_for_long_enough(self, start: Start, place: Path) -> None:
        it = start(uds=str(place), idle_exit=0.5)
        it.ready()
        assert it.ends(8) == 0
        assert not place.exists()

    @pytest.mark.slow
    def test_an_open_stream_and_each_request_keep_it_alive(self, start: Start) -> None:
        it = start(idle_exit=1.0)
        url = it.ready()["url"]
        headers = {"Accept": "text/event-stream", "Authorization": "Bearer valid"}
        endless = {"query": "subscription { endless }"}
        with client(url) as http, http.stream("POST", "/graphql", json=endless, headers=headers) as stream:
            began = time.monotonic()
            for _ in stream.iter_lines():
                if time.monotonic() - began > 2:
                    break
            assert it.process.poll() is None
        began = time.monotonic()
        assert it.ends(8) == 0
        assert time.monotonic() - began > 0.5


class TestStarting:
    def test_an_application_that_refuses_says_why(self, start: Start) -> None:
        it = start(environment={"SERVING_START": "refuse"})
        assert it.ends() == 1
        assert it.complaint() == "dwtui serve: The database is newer than this version of dwtui."
        assert it.process.stdout is not None
        assert it.process.stdout.read() == ""

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "how", [{"environment": {"SERVING_START": "break"}}, {"application": "tests.server.serving:broken"}]
    )
    def test_one_that_breaks_down_shows_no_traceback_and_logs_no_secret(self, start: Start, how: Any) -> None:
        it = start(**how)
        assert it.ends() == 1
        assert it.complaint() == "dwtui serve: The API could not go on; the last line of its log says why."
        last = json.loads([line for line in it.errors if line.startswith("{")][-1])
        assert "RuntimeError" in last["exception"]
        assert not any("hunter2" in line or "wJalr" in line for line in it.errors)

    @pytest.mark.slow
    def test_it_can_be_stopped_while_it_starts(self, start: Start, place: Path) -> None:
        it = start(uds=str(place), environment={"SERVING_START": "hang"})
        it.says("hanging")
        it.process.send_signal(signal.SIGTERM)
        assert it.ends(8) == 0
        assert not place.exists()

    @pytest.mark.slow
    def test_nobody_has_to_read_its_first_line(self, start: Start) -> None:
        it = start()
        assert it.process.stdout is not None
        it.process.stdout.close()
        it.says('"listening"')
        it.process.send_signal(signal.SIGTERM)
        assert it.ends() == 0
