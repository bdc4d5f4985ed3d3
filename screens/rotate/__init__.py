"""Rotating a storage's keys: a new pair is proven before the old one goes."""

from screens.rotate.page import RotatePage

__all__ = ["RotatePage"]
