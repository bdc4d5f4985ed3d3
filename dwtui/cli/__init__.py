"""The command line, one module a noun. What is heavy is imported inside the commands."""
