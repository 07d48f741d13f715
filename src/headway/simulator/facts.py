"""What texts may name: the facts of one case, as its language writes them."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from headway.simulator import company, names, texts
from headway.simulator.chance import Dice
from headway.simulator.people import Customer

ELISION = re.compile(r"\b([dD])e (?=avril|août|octobre)")


class Facts(dict[str, str]):
    """What a text may name: the shop, an order, an amount, a day. Times are local to the company."""

    def __init__(self, customer: Customer, language: str, at: datetime, dice: Dice) -> None:
        words = texts.phrases(language).words
        local = at.astimezone(ZoneInfo(company.ZONE))
        item = dice.pick(words["items"])
        plans = [plan.name for plan in company.PLANS]
        other = [plan for plan in plans[1:] if plan != customer.plan.name]
        super().__init__(
            email=customer.email,
            shop=customer.shop,
            city=customer.city,
            plan=customer.plan.name,
            other_plan=dice.pick(other),
            hour=f"{dice.pick([6, 7, 8, 9, 11])}:{dice.pick(['00', '00', '30'])}",
            weekday=words["weekdays"][(local - timedelta(days=dice.whole(1, 4))).weekday()],
            date=day(words, local - timedelta(days=dice.whole(1, 9))),
            month=words["months"][(local - timedelta(days=dice.whole(20, 50))).month - 1],
            amount=money(words, dice.pick([3900, 9900, 39000, 7800, 1490, 2350, 4725, 18900])),
            big_amount=money(words, dice.whole(90_000, 940_000)),
            invoice=f"INV-{local.year}-{dice.whole(10, 99)}{dice.whole(100, 999)}",
            order=f"TW-{dice.whole(40_000, 99_999)}",
            item=item,
            other_item=dice.pick([entry for entry in words["items"] if entry != item] or [item]),
            days=str(dice.whole(2, 9)),
            staff=dice.pick(names.STAFF),
            last4=f"{dice.whole(0, 9999):04}",
            serial=f"{dice.whole(1_000_000, 9_999_999)}",
            version=company.VERSIONS[-1] if dice.happens(0.7) else dice.pick(company.VERSIONS),
            report=dice.pick(words["reports"]),
            customer=customer.first,
            agent="",
            reason="the log shows an error that I can't explain.",
            subject="",
        )
        self.language = language

    def later(self, at: datetime) -> str:
        """The day of a moment, as this language writes it."""
        return day(texts.phrases(self.language).words, at.astimezone(ZoneInfo(company.ZONE)))

    def fill(self, text: str, **more: str) -> str:
        """The text with its slots filled."""
        filled = text.format_map({**self, **more})
        return ELISION.sub(r"\1'", filled) if self.language == "fr" else filled


def day(words: Mapping[str, Any], at: datetime) -> str:
    """A day of the year as the language writes it."""
    return str(words["date"]).format(day=at.day, month=words["months"][at.month - 1])


def money(words: Mapping[str, Any], cents: int) -> str:
    """An amount in euros as the language writes it."""
    whole = f"{cents // 100:,}".replace(",", words["thousands"])
    return str(words["money"]).format(whole=whole, cents=f"{cents % 100:02}")
