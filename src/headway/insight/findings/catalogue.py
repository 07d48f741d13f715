"""Every finding, in the order of the report. The plan, made from all of them, comes last."""

from typing import Final

from headway.insight.findings import (
    backlog,
    capacity,
    contacts,
    cost,
    effort,
    escalations,
    exchanges,
    first_contact,
    handoffs,
    leverage,
    lifecycle,
    questions,
    reopens,
    responses,
    roadmap,
    states,
    trends,
    variability,
)
from headway.insight.findings.finding import Find, Spec

FINDINGS: Final[tuple[tuple[Spec, Find], ...]] = (
    (leverage.SPEC, leverage.find),
    (questions.SPEC, questions.find),
    (capacity.SPEC, capacity.find),
    (cost.SPEC, cost.find),
    (effort.SPEC, effort.find),
    (lifecycle.SPEC, lifecycle.find),
    (states.SPEC, states.find),
    (handoffs.SPEC, handoffs.find),
    (exchanges.SPEC, exchanges.find),
    (reopens.SPEC, reopens.find),
    (first_contact.SPEC, first_contact.find),
    (responses.SPEC, responses.find),
    (variability.SPEC, variability.find),
    (escalations.SPEC, escalations.find),
    (backlog.SPEC, backlog.find),
    (trends.SPEC, trends.find),
    (contacts.SPEC, contacts.find),
)
SPECS: Final[tuple[Spec, ...]] = (*(spec for spec, _find in FINDINGS), roadmap.SPEC)
