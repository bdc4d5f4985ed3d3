"""Signing in: profiles, and APIs that are new."""

from screens.sign_in.page import SignInPage

__all__ = ["SignInPage"]
