"""Reports, each with a file."""
