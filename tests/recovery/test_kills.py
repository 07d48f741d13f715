"""Somebody is killed again and again while programs write: what was acknowledged stays, and happens once."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.recovery import invariants
from tests.recovery.clients import Acknowledged, Client
from tests.recovery.mailbox import Mailbox
from tests.recovery.product import Prepared, Product, patiently

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

ROUNDS = 3
KILLS = 4  # in each round
CLIENTS = 3
PROVED = 10.5  # seconds after which the supervisor takes a fall for an accident, not for a part that cannot start

Kill = Callable[[random.Random], str]


class Loop:
    """Rounds of killing and checking. A failure carries the seed and who was killed."""

    def __init__(self, product: Product, prepared: Prepared, mailbox: Mailbox, seed: int) -> None:
        self.product, self.mailbox, self.seed = product, mailbox, seed
        self.chance = random.Random(seed)
        self.killed: list[str] = []
        self.clients = [
            Client(number, seed, product.port, prepared.token, prepared.customers) for number in range(CLIENTS)
        ]

    def run(self, *kills: Kill, rounds: int = ROUNDS, each: int = KILLS) -> None:
        """Kills, pauses and checks, so many rounds."""
        with self._told():
            for client in self.clients:
                client.start()
            time.sleep(PROVED)
            for _ in range(rounds):
                for _ in range(each):
                    time.sleep(self.chance.uniform(0.5, 2.5))
                    self.killed.append(self.chance.choice(kills)(self.chance))
                self.product.settle()
                for client in self.clients:
                    client.pause()
                self._check()
                for client in self.clients:
                    client.resume()
            for client in self.clients:
                client.pause()
                client.end()
            self._check()
            self.product.stop()
        asked = len(self.acknowledged())
        repeated = sum(client.repeated for client in self.clients)
        twice = sum(len(ids) > 1 for ids in self.mailbox.came.values())
        print(f"seed {self.seed}: killed {self.killed}")
        print(f"{asked} requests answered, {repeated} sendings repeated, {twice} mails came twice")

    def acknowledged(self) -> list[Acknowledged]:
        return [each for client in self.clients for each in client.acknowledged]

    def _check(self) -> None:
        with self.product.connect() as database:
            invariants.drained(database)
            invariants.check(database, self.acknowledged())
            invariants.check_read(database)
            self._let_claims_grow_old(database)
            invariants.check_sent(database, self.mailbox.came, self.acknowledged())

    def _let_claims_grow_old(self, database: invariants.Database) -> None:
        """The ten minutes after which a mail in a dead worker's hands is taken up again, and the next minute's look."""
        unsent = "SELECT count(*) FROM intake_delivery WHERE state <> 'sent'"
        if database.execute(unsent).fetchone() == (0,):
            return

        def sent() -> bool:
            database.execute(
                "UPDATE intake_delivery SET claimed_at = claimed_at - interval '1 hour' WHERE state = 'sending'"
            )
            database.execute("UPDATE intake_delivery SET due_at = due_at - interval '1 hour' WHERE state <> 'sent'")
            database.execute(
                "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'intake.send_due', 9, 'intake.send_due', NULL,"
                " '{\"timestamp\": 1}', NULL)::procrastinate_job_to_defer_v1])"
            )
            time.sleep(2)
            return database.execute(unsent).fetchone() == (0,)

        patiently(sent, "every delivery is sent (INVARIANT what a dead worker was sending is taken up again)")
        invariants.drained(database)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except AssertionError as failure:
            told = f"seed {self.seed} (HEADWAY_TEST_SEED), killed: {', '.join(self.killed)}"
            raise AssertionError(f"{failure}\n{told}\n{self.product.said()}") from failure


@pytest.fixture
def loop(product: Product, prepared: Prepared, mailbox: Mailbox, seed: int) -> Loop:
    """The whole product with programs that write to it."""
    return Loop(product, prepared, mailbox, seed)


def test_a_worker_is_killed_in_its_jobs(loop: Loop) -> None:
    loop.run(loop.product.kill_worker)


def test_a_worker_that_was_taken_for_dead_comes_back(loop: Loop) -> None:
    loop.run(loop.product.freeze_worker, rounds=2, each=2)


def test_the_web_process_is_killed_in_its_requests(loop: Loop) -> None:
    loop.run(loop.product.kill_web)
    assert sum(client.repeated for client in loop.clients) > 0  # the kills did hit somebody


def test_the_database_is_killed_in_its_writes(loop: Loop) -> None:
    loop.run(loop.product.kill_database, each=2)


def test_the_supervisor_is_killed_and_leaves_nobody(loop: Loop) -> None:
    loop.run(loop.product.kill_supervisor, rounds=2, each=1)


def test_anybody_is_killed_at_any_time(loop: Loop) -> None:
    product = loop.product
    everybody = (product.kill_worker, product.kill_web, product.kill_database, product.kill_reader)
    loop.run(*everybody, rounds=2, each=6)
