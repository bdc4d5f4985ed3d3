"""`dwtui serve`: run the API."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from dwtui.cli.operating import HERE, Installation, operating, settings_of
from dwtui.cli.outcome import UsageError

app = App(name="serve", help="Run the API.")
APPLICATION = "dwtui.server.asgi:application"


@app.default
def serve(
    *,
    host: Annotated[str, Parameter(help="The name or address to listen at.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="The port; 0: any free one.")] = 8000,
    uds: Annotated[Path | None, Parameter(help="A Unix socket to listen at instead, for you alone.")] = None,
    idle_exit: Annotated[
        float | None, Parameter(help="Stop after so many seconds without a request.")
    ] = None,
    lifeline: Annotated[
        int | None,
        Parameter(help="Stop when this file descriptor, the reading end of a pipe, ends.", show=False),
    ] = None,
    allow_private_endpoints: Annotated[
        bool | None, Parameter(help="Storages may name S3-compatible endpoints on private addresses.")
    ] = None,
    introspection: Annotated[bool | None, Parameter(help="Clients may ask for the schema.")] = None,
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"] | None,
        Parameter(help="The least serious lines of the log."),
    ] = None,
    installation: Installation = HERE,
) -> int:
    """Run the API until it is stopped.

    The database is brought up to date at the start. The log goes to the error stream, a line of JSON each;
    when ready, one line of JSON with the URL goes to the output. Exit codes: 0 stopped; 1 it could not go on;
    2 wrong settings; 3 no listening at that address; 4 it runs already.
    """
    if idle_exit is not None and idle_exit <= 0:
        raise UsageError("--idle-exit takes a number of seconds above 0.")
    with operating():
        settings = settings_of(
            installation,
            allow_private_endpoints=allow_private_endpoints,
            introspection=introspection,
            log_level=log_level,
        )
    from dwtui.server.serve import serve as run

    return run(
        APPLICATION, settings, host=host, port=port, uds=uds, lifeline_fd=lifeline, idle_exit=idle_exit
    )
