"""An export of a small help desk, as a file."""

import csv
from pathlib import Path

COLUMNS = ("Ticket", "Time", "Activity", "Role", "Agent", "Customer", "Category", "Team", "Text")


def write(path: Path, category: str = "Password") -> Path:
    """Ninety tickets in three months; Sam, Li and Mo answer, every third goes to Ada's team and back; one bad row."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for n in range(90):
            day, hour = f"2026-{3 + n // 30:02}-{1 + n % 30 * 28 // 30:02}", 8 + n % 9
            who, customer = ("Sam", "Li", "Mo")[n % 3], f"customer {n % 40}"
            rows = [
                ("00:00", "created", "customer", customer, "Frontline", "How do I reset my password?"),
                (f"{1 + n % 20:02}:00", "reply", "agent", who, "Frontline", "Press the link and choose a new one."),
                (f"{3 + n % 20:02}:00", "solved", "agent", who, "Frontline", ""),
            ]
            if n % 3 == 0:
                rows.insert(2, (f"{2 + n % 20:02}:00", "transfer", "agent", "Ada", "Billing", ""))
            for minutes, activity, role, actor, team, text in rows:
                at = f"{day}T{hour:02}:{minutes}Z"
                kind = (category, "Invoice")[n % 2]
                writer.writerow((f"T-{n}", at, activity, role, actor, customer, kind, team, text))
        writer.writerow(("T-90", "never", "created", "customer", "eve", "eve", "", "", "Hello"))
    return path
