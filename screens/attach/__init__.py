"""The add flow: basics, IAM user and policy, keys, live verification, saved."""

from screens.attach.page import AttachPage

__all__ = ["AttachPage"]
