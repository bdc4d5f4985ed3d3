"""The process behind `api.ApiProcess`: the API as `dwtui serve` runs it, until standard input ends."""

import sys

from dwtui.server.serve import serve
from dwtui.server.settings import load_settings

if __name__ == "__main__":
    sys.exit(serve("dwtui.server.asgi:application", load_settings(), lifeline_fd=sys.stdin.fileno()))
