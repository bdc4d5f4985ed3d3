"""The `dwtui` command. Whatever only opens the terminal UI does not load the command line's library."""

import sys

from dwtui.launch import quick_options


def main() -> None:
    """Run the command line."""
    options = quick_options(sys.argv[1:])
    if options is not None and sys.stdin.isatty() and sys.stdout.isatty():
        from dwtui.app import run

        sys.exit(run(options))
    from dwtui.cli.app import main as run_command

    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
