"""How the C library hands memory out: freed memory goes back to the system instead of staying with a busy process."""

import ctypes
import sys

_MMAP_THRESHOLD = -3
_ARENA_MAX = -8
_LARGE = 1024 * 1024
_ARENAS = 2


def give_back_memory() -> None:
    """Tell glibc to give buffers of a part of a document back when they are freed, and to share its arenas.

    By itself it keeps ever larger pieces, in an arena for each thread: eight large uploads and downloads left 30 MB
    more behind. Where there is no glibc nothing is done.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_ARENA_MAX, _ARENAS)
