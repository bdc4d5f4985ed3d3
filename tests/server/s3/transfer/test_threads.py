"""The threads of transfers are shared fairly."""

import asyncio
import threading

from dwtui.server.s3.identity import Identity
from dwtui.server.s3.location import Location
from dwtui.server.s3.transfer.threads import Transfers


async def test_a_storage_that_does_not_answer_holds_up_no_other() -> None:
    transfers, answering = Transfers(), threading.Event()
    with Identity(Location("stalled"), None) as stalled, Identity(Location("brisk"), None) as brisk:
        waiting = [asyncio.create_task(transfers.ask(stalled, answering.wait)) for _ in range(100)]
        try:
            await asyncio.sleep(0)  # all of them have asked
            assert await asyncio.wait_for(transfers.ask(brisk, lambda: "here"), 10) == "here"
        finally:
            answering.set()
        assert all(await asyncio.gather(*waiting))
    transfers.close()
