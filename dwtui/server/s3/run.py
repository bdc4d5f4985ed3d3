"""One run of a plan: threads, order of the probes, waiting for new keys, deadline, farewell."""

import asyncio
import gc
import logging
import math
import threading
import time
import traceback
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import fault_of
from dwtui.server.s3.findings import Finding
from dwtui.server.s3.patience import Patience
from dwtui.server.s3.plan import Step
from dwtui.server.s3.policies import as_json
from dwtui.server.s3.results import (
    Event,
    Finished,
    Probe,
    ProbeFinished,
    ProbeResult,
    ProbeStatus,
    Report,
    StorageUse,
    Waiting,
)
from dwtui.server.s3.subject import Subject
from dwtui.server.s3.verdict import verdict_of

_log = logging.getLogger(__name__)

_THREADS = 6
_PAUSE = 1.0


class Run:
    """Runs the steps of a plan on a subject. Events come out of `events`; None is the last one."""

    def __init__(self, subject: Subject, steps: tuple[Step, ...], wait_for_keys: float) -> None:
        self.events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._subject = subject
        self._steps = steps
        self._wait_for_keys = wait_for_keys
        self._clean = subject.cleaner
        self._results: dict[Probe, asyncio.Future[ProbeResult]] = {}
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="verification")
        self._under_way: set[Future[Finding]] = set()
        self._lock = threading.Lock()
        self._supervisor: asyncio.Task[None] | None = None
        self._started_at = datetime.now(UTC)
        self._keys_until = 0.0
        self._told = 0

    def start(self) -> None:
        """Begin, on the running event loop."""
        loop = asyncio.get_running_loop()
        self._keys_until = loop.time() + self._wait_for_keys
        self._results = {step.probe: loop.create_future() for step in self._steps}
        self._supervisor = asyncio.create_task(self._supervise())
        self._supervisor.add_done_callback(lambda _: self.events.put_nowait(None))

    async def report_given(self) -> None:
        """Wait until the last event is out. Raises what broke the run itself, which no service can do."""
        if self._supervisor is not None:
            await self._supervisor

    async def end(self) -> None:
        """Stop what is under way, and remove what probes have written, within the patience."""
        # In a thread of its own: a bucket that is slow to be tidied up holds up nobody else.
        apart = ThreadPoolExecutor(1, thread_name_prefix="verification-end")
        try:
            await asyncio.get_running_loop().run_in_executor(apart, self._end)
        finally:
            apart.shutdown(wait=False)
            gc.collect()  # the clients, which would pile up to 20 MB before Python did so by itself

    def _end(self) -> None:
        identity = self._subject.identity
        if self._supervisor is not None:
            self._supervisor.get_loop().call_soon_threadsafe(self._supervisor.cancel)
        identity.stop()
        with self._lock:
            under_way = set(self._under_way)
        # Requests under way may finish, so that it is known what they have left behind.
        _, slow = wait(under_way, timeout=identity.patience.farewell / 5)
        if slow:
            identity.cut()
            wait(slow, timeout=identity.patience.farewell / 2)
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._subject.leftovers:
            seconds = identity.patience.farewell / 4
            hurried = Patience(connect=seconds, read=seconds, attempts=1)
            with identity.again(hurried) as broom:
                self._subject.leftovers.sweep(broom, self._subject.owner)
        identity.close()

    async def _supervise(self) -> None:
        overall = self._subject.identity.patience.overall + self._wait_for_keys
        tasks = [asyncio.create_task(self._step(step)) for step in self._steps]
        try:
            done, _ = await asyncio.wait(tasks, timeout=overall)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self._give_up(overall)
        self.events.put_nowait(Finished(self._report()))

    def _give_up(self, overall: float) -> None:
        for step in self._steps:
            if not self._results[step.probe].done():
                message = f"Not answered within {overall:g} seconds."
                late = Finding(ProbeStatus.INCONCLUSIVE, message, remedy="Try again later.")
                self._finish(step, late, overall)

    async def _step(self, step: Step) -> None:
        for probe, blocking in step.earlier.items():
            if probe not in self._results:
                continue
            earlier = await asyncio.shield(self._results[probe])
            if earlier.status in blocking:
                self._finish(step, _blocked_by(earlier), 0)
                return
        while True:
            began = time.monotonic()
            finding = await asyncio.wrap_future(self._submit(step))
            seconds = time.monotonic() - began
            if not finding.keys_unknown or not await self._waited():
                self._finish(step, finding, seconds)
                return

    async def _waited(self) -> bool:
        """Wait a little for keys that are not known yet, telling how long; False when the time is over."""
        loop = asyncio.get_running_loop()
        until = min(loop.time() + _PAUSE, self._keys_until)
        if loop.time() >= self._keys_until:
            return False
        while (now := loop.time()) < until:
            left = math.ceil(self._keys_until - now)
            if left != self._told:
                self._told = left
                self.events.put_nowait(Waiting(left))
            await asyncio.sleep(min(1.0, until - now))
        return True

    def _submit(self, step: Step) -> Future[Finding]:
        future = self._pool.submit(self._ask, step)
        with self._lock:
            self._under_way.add(future)
        future.add_done_callback(self._answered)
        return future

    def _answered(self, future: Future[Finding]) -> None:
        with self._lock:
            self._under_way.discard(future)

    def _ask(self, step: Step) -> Finding:
        try:
            return step.ask(self._subject)
        except (ClientError, BotoCoreError, ResponseParserError) as error:
            return explain(fault_of(error), self._subject, step.action)
        except Exception as error:  # noqa: BLE001 - whatever a foreign service made of us, the others go on
            # Where it broke, without the exception's text: that may hold what the service sent.
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.error("probe %s broke with %s:\n%s", step.probe, type(error).__name__, where)
            return Finding(
                ProbeStatus.INCONCLUSIVE,
                f"The answer to {step.action} was not understood ({type(error).__name__}).",
                remedy="Try again later, and tell the operator if it stays so.",
            )

    def _finish(self, step: Step, finding: Finding, seconds: float) -> None:
        clean = self._clean
        result = ProbeResult(
            probe=step.probe,
            status=finding.status,
            required=step.required,
            title=step.title,
            message=clean.text(finding.message, 900),
            error_code=clean.code(finding.error_code),
            request_id=clean.request_id(finding.request_id),
            who_must_act=finding.who,
            remedy=clean.text(finding.remedy, 900) if finding.remedy else None,
            statement=_as_text(finding.statement),
            milliseconds=round(seconds * 1000),
        )
        self._results[step.probe].set_result(result)
        self.events.put_nowait(ProbeFinished(result))

    def _report(self) -> Report:
        facts, clean = self._subject.facts, self._clean
        results = tuple(self._results[step.probe].result() for step in self._steps)
        return Report(
            verdict=verdict_of(results),
            uses=tuple(use for use in StorageUse if use in self._subject.uses),
            started_at=self._started_at,
            finished_at=datetime.now(UTC),
            probes=results,
            arn=clean.text(facts.arn, 700) if facts.arn else None,
            account_id=facts.account_id,
            account_alias=clean.text(facts.account_alias, 63) if facts.account_alias else None,
            user=clean.text(facts.user, 64) if facts.user else None,
            region=facts.region,
            key_created_at=facts.key_created_at,
            bucket_owner=facts.bucket_owner,
        )


def _as_text(statement: dict[str, Any] | None) -> str | None:
    """JSON text without a statement id: the policy it is pasted into may have one of that name."""
    if statement is None:
        return None
    return as_json({name: value for name, value in statement.items() if name != "Sid"})


def _blocked_by(earlier: ProbeResult) -> Finding:
    """A probe is not asked when one before it failed; without an answer to that one there is none to this."""
    if earlier.status is ProbeStatus.FAIL:
        message = f"Not asked, since this failed: {earlier.title}."
        return Finding(ProbeStatus.SKIP, message)
    message = f"Not asked, since this had no answer: {earlier.title}."
    return Finding(ProbeStatus.INCONCLUSIVE, message)
