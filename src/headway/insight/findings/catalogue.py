"""Every finding, in the order of the report."""

from typing import Final

from headway.insight.findings import (
    backlog,
    capacity,
    cost,
    effort,
    escalations,
    exchanges,
    first_contact,
    handoffs,
    leverage,
    lifecycle,
    reopens,
    responses,
    states,
    trends,
    variability,
)
from headway.insight.findings.finding import Find, Spec

FINDINGS: Final[tuple[tuple[Spec, Find], ...]] = (
    (leverage.SPEC, leverage.find),
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
)
