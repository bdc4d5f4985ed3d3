"""Uploads and downloads: where to, the work itself, and the page that lists them."""

from screens.transfers.page import TransfersPage

__all__ = ["TransfersPage"]
