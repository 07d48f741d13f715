"""The company whose support is told of: Tillwright, a till, an order book and a shop for cafés. It does not exist."""

from dataclasses import dataclass

NAME = "Tillwright"
DOMAIN = "tillwright.example"
SUPPORT = f"support@{DOMAIN}"
ZONE = "Europe/Berlin"
HOURS = "mon-fri 07:00-20:00; sat-sun 08:00-16:00"
SIGNATURE = "Tillwright · the till, the orders and the books of your café"
ACCENT = "#b4532a"
VERSIONS = ("4.6.2", "4.7.0", "4.7.3", "4.8.0", "4.8.1")
CARRIER = "Meridian Parcel"

FRONTLINE, SPECIALISTS = "Frontline", "Specialists"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a customer pays for: euros a month, and how common it is among customers."""

    name: str
    monthly: int
    share: float


PLANS = (Plan("Counter", 0, 0.34), Plan("Corner", 39, 0.42), Plan("High Street", 99, 0.19), Plan("Chain", 480, 0.05))


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of matter, as the desk's ticket types name it, and its share of all."""

    key: str
    name: str
    share: float


CATEGORIES = (
    Category("access", "Access", 0.24),
    Category("howto", "How to", 0.19),
    Category("billing", "Billing and payouts", 0.20),
    Category("orders", "Shop orders", 0.17),
    Category("integrations", "Integrations", 0.10),
    Category("bugs", "Something broken", 0.10),
)

# Shares of languages when all are wanted, and how their speakers write to us.
LANGUAGES = {"en": 0.56, "de": 0.19, "es": 0.10, "fr": 0.08, "it": 0.03, "ar": 0.02, "ja": 0.02}
CHANNELS = {"email": 0.52, "chat": 0.22, "form": 0.19, "api": 0.07}


@dataclass(frozen=True, slots=True)
class Spike:
    """A topic that suddenly comes in many times as often: between two points of the history (0 to 1)."""

    topic: str
    begins: float
    ends: float
    times: float


SPIKES = (Spike("reader", 0.62, 0.655, 14.0), Spike("payout", 0.90, 0.925, 9.0))
TREND = 0.22  # growth of demand from the first day to the last
