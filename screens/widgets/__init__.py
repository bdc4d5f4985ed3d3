"""Widgets that several screens share. They post messages; screens decide."""
