"""`dwtui demo`: the embedded sample world, with the terminal UI or without."""

from typing import Annotated

from cyclopts import App, Parameter

from dwtui.cli.outcome import UsageError

app = App(name="demo", help="Look around in an embedded sample world.")


@app.default
def demo(
    *,
    serve: Annotated[
        bool,
        Parameter(
            negative="", help="Without the terminal UI: print a line of JSON when ready, until interrupted."
        ),
    ] = False,
    port: Annotated[int | None, Parameter(help="With --serve: the API's port; 0: any free one.")] = None,
    open: Annotated[
        str | None, Parameter(help="Show this first: the id of a storage, study, document or organization.")
    ] = None,
    theme: Annotated[str | None, Parameter(help="The theme to use.")] = None,
) -> int:
    """Look around in an embedded sample world: a local S3, an organization, users of each role.

    Nothing of it leaves this machine, and nothing is left behind. With --serve the line holds `url`, `tokens`,
    `organization`, `s3Endpoint` and `accounts`, key pairs for trying `dwtui storages add`.
    """
    if port is not None and not serve:
        raise UsageError("--port goes with --serve.")
    if serve:
        from dwtui.demo.serving import serve as run_world

        return run_world(port or 0)
    from dwtui.cli.terminal_ui import open_demo
    from dwtui.launch import LaunchOptions

    return open_demo(LaunchOptions(open=open, theme=theme))
