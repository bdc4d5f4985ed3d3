"""`dwtui demo --serve`: the world without the terminal UI, for programs and tests."""

import json
import signal
import sys
from types import FrameType
from typing import TextIO

from dwtui.demo.launch import World
from dwtui.demo.messages import Failed, Note, Progress, Ready

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Stopped(Exception):
    """Somebody asked for the end."""


def serve(port: int = 0) -> int:
    """Run the world until SIGINT or SIGTERM; the exit status. One line of JSON on stdout tells that it is ready."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in _ENDING:  # the second ctrl-c does not interrupt the clearing up of the first
            signal.signal(number, signal.SIG_IGN)
        raise _Stopped

    previous = {number: signal.signal(number, stop) for number in _ENDING}
    try:
        with World.start(port=port) as world:
            return _report(world)
    except _Stopped:
        return 0
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _report(world: World) -> int:
    for message in world.messages():
        match message:
            case Ready():
                _write(sys.stdout, _in_json(message))
            case Progress():
                _write(sys.stderr, f"[{message.done}/{message.total}] {message.text}")
            case Note():
                _write(sys.stderr, message.text)
            case Failed():
                _write(sys.stderr, message.text)
                return 1
    _write(sys.stderr, "The sample world has ended unexpectedly. Start it again.")
    return 1


def _write(stream: TextIO, line: str) -> None:
    stream.write(line + "\n")
    stream.flush()


def _in_json(ready: Ready) -> str:
    accounts = [
        {
            "bucket": account.bucket,
            "accessKey": account.access_key,
            "secretKey": account.secret_key,
            "expect": account.expect,
        }
        for account in ready.accounts
    ]
    return json.dumps(
        {
            "url": ready.url,
            "tokens": dict(ready.tokens),
            "organization": ready.organization,
            "s3Endpoint": ready.s3_endpoint,
            "accounts": accounts,
        }
    )
