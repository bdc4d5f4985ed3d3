"""Choosing files, saying what they are, and putting them into the queue of uploads."""

from screens.upload.page import UploadPage

__all__ = ["UploadPage"]
