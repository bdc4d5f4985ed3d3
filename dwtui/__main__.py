"""The `dwtui` command. Whatever only opens the terminal UI does not load the command line's library."""

import sys

from dwtui.launch import quick_options


def main() -> None:
    """Run the command line."""
    options = quick_options(sys.argv[1:])
    if options is None:
        from dwtui.cli.app import main as run_command

        sys.exit(run_command(sys.argv[1:]))
    from dwtui.cli.boundary import explained
    from dwtui.cli.terminal_ui import open_terminal_ui

    sys.exit(explained(lambda: open_terminal_ui(options)))


if __name__ == "__main__":
    main()
