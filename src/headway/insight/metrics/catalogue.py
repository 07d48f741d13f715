"""The definitions. Intervals are half-open; durations are elapsed time unless business hours are named.

Texts are marked for translation and translated where they are shown.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: `says` is its definition; `method` says how it is counted from events, where that needs words."""

    key: str
    name: str
    says: str
    method: str = ""


_ALL: Final = (
    Metric(
        "population",
        _("Population"),
        _(
            "Tickets started by customers. Spam, tests, merged-away, machine-made and proactive tickets are shown "
            "apart."
        ),
        _("A ticket belongs to the period in which it was created: created at or after its begin, and before its end."),
    ),
    Metric(
        "resolved",
        _("Resolved"),
        _("The last entry into solved, where the ticket stayed solved. A later closing adds nothing."),
        _("A ticket that goes from unsolved to closed without being solved first is resolved by that closing."),
    ),
    Metric(
        "step",
        _("Step"),
        _("One recorded event following another on the same ticket, with the time between them."),
        _(
            "Events of one ticket are ordered by time, and by their order in the source where times are equal. "
            "Two tickets have the same path when their activities are the same in the same order."
        ),
    ),
    Metric(
        "wait",
        _("Waiting time"),
        _("The time from creation to resolution, divided by whom the ticket waited for: us, the customer, or others."),
        _(
            "A status tells; where a source records none, a customer's message makes it wait for us and a reply "
            "of ours for "
            "them. Idle is what a wait for us goes on beyond 24 hours with nothing recorded. Time solved before "
            "a ticket "
            "came back is shown apart. The parts sum to the whole."
        ),
    ),
    Metric(
        "handoff",
        _("Hand-off"),
        _("A ticket goes from one person's hands into another's."),
        _(
            "Two consecutive actions of people on a ticket by different people. Closing what is solved is no "
            "action; what one "
            "person does on a ticket at one instant is one action."
        ),
    ),
    Metric("ping_pong", _("Ping-pong"), _("A hand-off to somebody who had the ticket before.")),
    Metric(
        "reopen",
        _("Reopen"),
        _("Unsolved again within 14 days, divided by resolved tickets, by the month of the first solve."),
        _(
            "Not when a message that only thanks or is automatic did it, and not when the solver takes it back within "
            "10 minutes. A ticket counts once, however often it came back."
        ),
    ),
    Metric(
        "exchange",
        _("Exchange"),
        _("A turn of the customer and a turn of ours; consecutive messages of one side are one turn."),
        _("Automatic replies and messages that only thank are nobody's turn."),
    ),
    Metric(
        "handle_time",
        _("Handle time (estimate)"),
        _(
            "Across each person's work, the gap before an action belongs to it. A gap over 15 minutes counts as "
            "the median for "
            "that kind of action and length. Never resolution time."
        ),
        _(
            "Shown as a range: the same with caps of 8 and 30 minutes. Where the source records working time, that "
            "replaces the estimate. Estimates are multiplied by the team's own calibration where one was entered, "
            "from a week whose working time was measured. Scaled to paid hours where those are entered. Medians are of "
            "the gaps within the cap."
        ),
    ),
    Metric(
        "effort",
        _("Genuine effort"),
        _(
            "What a ticket's actions take when nothing gets in between: for each, the lower quartile for its kind "
            "and length, and no more than it took."
        ),
        _("Taking a ticket or handing it on is no effort, where the source records what is written."),
    ),
    Metric(
        "complexity",
        _("Complexity"),
        _(
            "By genuine effort, not topic. Simple: under 5 minutes, at most two people and two replies, never "
            "bounced or "
            "reopened. Complex: 20 minutes or more, or four people, or escalated, or waited for others. Medium: "
            "the rest."
        ),
        _("A ticket no person acted on is untouched and belongs to none of the three."),
    ),
    Metric(
        "leverage",
        _("Leverage"),
        _("The share of working time that simple tickets take, beside their share of tickets."),
    ),
    Metric(
        "question",
        _("Recurring question"),
        _("What at least five customers' first messages have in common, by meaning."),
        _(
            "The first 200 characters of subject and text are placed by the built-in model; those within an average "
            "cosine distance of 0.40 are "
            "one question. Up to 4,000 tickets are read, drawn at random: 2,000 are compared with each other, the rest "
            "go to the nearest question within the same distance."
        ),
    ),
    Metric(
        "category",
        _("Category"),
        _("The source's own field, else a ticket's first tag, else the question its customer's first message asks."),
        _(
            "Questions only where a source has neither field nor tag; the report says which it is. Beyond the tickets "
            "that are read by meaning, words tell: only as far as four of five of a held-out half come to the question "
            "that meaning had put them to. Tickets near none have no category."
        ),
    ),
    Metric(
        "cost_per_ticket",
        _("Cost per ticket"),
        _("Fully loaded cost of the period divided by resolved tickets; per created ticket beside it."),
        _(
            "By category: the total times its share of handle time, so that the parts sum to the whole. What is "
            "saved is "
            "capacity freed, not cash."
        ),
    ),
    Metric(
        "first_contact",
        _("First-contact resolution"),
        _(
            "Resolved with exactly one turn of ours, no escalation, no reopen, and no ticket of the same category "
            "from that "
            "customer within 7 days, divided by resolved tickets whose 7 days have passed."
        ),
        _("Needs messages and customers. One-touch is shown apart: resolved with exactly one action of one person."),
    ),
    Metric(
        "first_response",
        _("Time to first response"),
        _("From creation to the first reply of a person. Automatic acknowledgements do not count."),
        _("Of tickets that were replied to. Quantiles are by nearest rank: a value that was observed."),
    ),
    Metric(
        "first_touch",
        _("Time to first touch"),
        _("From creation to the first action of a person, whatever it was."),
        _("Not of a ticket whose first record is a person’s action: when it came in is unknown."),
    ),
    Metric("resolution_time", _("Resolution time"), _("From creation to resolution, elapsed and in business hours.")),
    Metric(
        "backlog",
        _("Backlog"),
        _(
            "Tickets unresolved at an instant. Ours (new or open) stand apart from those that wait for the "
            "customer or others."
        ),
        _(
            "The age of one is the time since the oldest customer message that was not answered; without "
            "messages, since its "
            "creation."
        ),
    ),
    Metric(
        "escalation",
        _("Escalation"),
        _(
            "Moved to a higher tier or outside support, divided by the tickets tier 1 touched. Within a tier it "
            "is a transfer."
        ),
        _(
            "Premature when it comes before any reply, note or other recorded step; what comes at the same moment is "
            "not before it. Tier 1 touched what was with one of its teams. Where tiers are not mapped, transfers "
            "between teams and what the source itself calls an escalation are counted, and no share is given."
        ),
    ),
    Metric(
        "handover",
        _("Incomplete hand-over and re-triage"),
        _(
            "An escalation is incomplete without a note of ours since the ticket was handed on before, or with it. "
            "It is re-triaged when it is handed on once more before anybody replied, noted or did a recorded step."
        ),
        _(
            "Time to first work behind it is the median to the next such action. Asked again: behind the next reply "
            "the customer wrote again before the ticket was handed on; that is an upper bound of what was asked twice. "
            "Where tiers are not mapped, the same is said of every change of team."
        ),
    ),
    Metric(
        "variability",
        _("Variability index"),
        _(
            "Within one category and bucket: how far the first steps of one person differ from everybody else's, 0 "
            "when all begin alike and 1 when nothing is in common, averaged over people by their tickets."
        ),
        _(
            "Half the sum of differences between shares of first steps, less what is expected where the same tickets "
            "are dealt out by lot, of what that leaves of 1. People with fewer than 10 such tickets are left out, and "
            "what fewer than three people are left of. Of steps anywhere in the path the same is said of each step "
            "alone, as done or not done, by who was first to work on the ticket."
        ),
    ),
    Metric(
        "preventable",
        _("Preventable work"),
        _(
            "Working time on simple tickets, and on the others from the first hand-off back or reopening on: what "
            "self-service, automation or clearer structure can take away."
        ),
        _(
            "The low end counts half of simple time by the low estimate; the high end all of it by the high one, "
            "with rework."
        ),
    ),
    Metric(
        "contact_rate",
        _("Contact rate"),
        _("Tickets a month for each 100 customers, whether they wrote or not."),
        _(
            "How many customers there are is entered, or counted where the source lists them all; otherwise only "
            "those who wrote are known, and no rate is given."
        ),
    ),
    Metric(
        "inflow",
        _("Inflow and outflow"),
        _("Tickets created and tickets resolved in a week, in local time."),
        _(
            "Weeks from Monday to Sunday that lie whole between the first and the last day on which a ticket was "
            "created or resolved. The change in a year is 52 times the slope of the straight line through them, of "
            "their mean."
        ),
    ),
    Metric(
        "occupancy",
        _("Occupancy (estimate)"),
        _("Handle time before scaling, divided by paid hours. Only where paid hours are entered."),
    ),
)
METRICS: Final[dict[str, Metric]] = {metric.key: metric for metric in _ALL}
