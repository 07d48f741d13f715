"""How values are written in sentences, tables and reports: one way for all of them."""

from django.utils.translation import gettext as _

from headway.insight.findings.table import Unit, Value

_SECOND, _MINUTE, _HOUR, _DAY = 1000, 60_000, 3_600_000, 86_400_000


def written(value: Value, unit: Unit, currency: str = "") -> str:
    """A value as people read it; a dash when there is none."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if unit is Unit.SHARE:
        return share(float(value))
    if unit is Unit.MS:
        return duration(int(value))
    if unit is Unit.HOURS:
        return hours(float(value))
    if unit is Unit.MONEY:
        return money(float(value), currency)
    if unit is Unit.COUNT:
        return count(int(value))
    return number(float(value))


def count(value: int) -> str:
    """ "4,580"."""
    return f"{value:,}"


def number(value: float) -> str:
    """ "0.89", "12.4", "310": three figures at most behind which nobody looks."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def share(value: float) -> str:
    """ "41%", "0.7%", "under 0.1%"."""
    if 0 < value < 0.001:
        return _("under 0.1%")
    percent = value * 100
    return f"{percent:.1f}%" if percent < 10 and round(percent, 1) != round(percent) else f"{percent:.0f}%"


def hours(value: float) -> str:
    """ "310 h", "4.2 h"."""
    return _("%s h") % (f"{value:,.0f}" if abs(value) >= 10 else f"{value:.1f}")


def duration(ms: int) -> str:
    """ "45 s", "12 min", "5.2 h", "3.1 days"."""
    if ms < _MINUTE:
        return _("%d s") % round(ms / _SECOND)
    if ms < _HOUR:
        return _("%s min") % _short(ms / _MINUTE)
    if ms < 2 * _DAY:
        return _("%s h") % _short(ms / _HOUR)
    return _("%s days") % _short(ms / _DAY)


def money(value: float, currency: str) -> str:
    """ "€18,200", "$4.50", "18,200 CHF"."""
    signs = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}"
    sign = signs.get(currency.upper(), currency if len(currency) == 1 else "")
    return f"{sign}{shown}" if sign else f"{shown} {currency}".strip()


def between(low: float, high: float, unit: Unit, currency: str = "") -> str:
    """ "140 to 310 h"; one value where both are written alike."""
    first, last = written(low, unit, currency), written(high, unit, currency)
    return first if first == last else _("%(low)s to %(high)s") % {"low": first, "high": last}


def full_time(low: float, high: float) -> str:
    """ "0.4 to 1.2 full-time", "under 0.1 full-time"."""
    if high < 0.1:
        return _("under 0.1 full-time")
    first, last = f"{low:.1f}", f"{high:.1f}"
    if low < 0.05:
        return _("up to %s full-time") % last
    return _("%s full-time") % (first if first == last else _("%(low)s to %(high)s") % {"low": first, "high": last})


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
