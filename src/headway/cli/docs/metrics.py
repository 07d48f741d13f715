"""The page of metrics."""

from headway.insight.metrics.catalogue import METRICS


def page() -> str:
    """Every metric with its one definition."""
    lines = [
        "# Metrics",
        "",
        (
            "Each metric has one definition, and every place that shows it counts it this way. Intervals are "
            "half-open; "
            "durations are elapsed time unless business hours are named; quantiles are by nearest rank."
        ),
    ]
    for metric in METRICS.values():
        lines += ["", f"## {metric.name}", "", f"`{metric.key}`", "", metric.says]
        if metric.method:
            lines += ["", metric.method]
    return "\n".join(lines)
