"""The `dwtui` command."""


def main() -> None:
    """Run the command line."""
    raise SystemExit("dwtui is being built")


if __name__ == "__main__":
    main()
