"""What is said when the program has to stop because of a defect of its own."""

import os
import traceback


def defect_in_words(error: BaseException | None) -> str:
    """A line for the person at the terminal; with DWTUI_TRACEBACK also where it is, without any values."""
    name = type(error).__name__ if error is not None else "unknown"
    if os.environ.get("DWTUI_TRACEBACK") and error is not None:
        return "".join(traceback.format_exception(error))
    return f"This is a defect of dwtui ({name}), so it had to stop. DWTUI_TRACEBACK=1 shows where it is."
