"""Recurring questions: grouped by meaning, named by shared words, bounded whatever the number of texts."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from headway.foundation.embeddings import Vectors, builtin
from headway.insight.audit import run
from headway.insight.findings.finding import Found
from headway.insight.questions import groups
from headway.insight.result import Wanted
from headway.insight.rules.naming import named

ASKED = {
    "password": ("How do I reset my password?", "I forgot my password", "Please help me to change my password"),
    "refund": ("I want a refund for my order", "When do I get my refund?", "Refund my last order please"),
    "card": ("My card was declined", "Why is my card declined?", "Card payment declined again"),
}


def test_what_means_the_same_is_near() -> None:
    texts = [text for few in ASKED.values() for text in few]
    near = (vectors := builtin().embed(texts)) @ vectors.T
    assert vectors.shape == (9, builtin().size)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alike = [near[a, b] for a in range(9) for b in range(a) if a // 3 == b // 3]
    apart = [near[a, b] for a in range(9) for b in range(a) if a // 3 != b // 3]
    assert sum(alike) / len(alike) > sum(apart) / len(apart) + 0.3


def _vectors(rows: Sequence[tuple[float, float]]) -> Vectors:
    found = np.array(rows, dtype=np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def test_what_is_not_compared_goes_to_the_nearest_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "COMPARED", 5)
    few = [(1.0, 0.0), (1.0, 0.1), (0.0, 1.0), (0.1, 1.0), (-1.0, 0.0)]
    labels = groups.grouped(_vectors([*few, (1.0, 0.2), (0.2, 1.0), (-1.0, -0.1)])).tolist()
    assert labels[0] == labels[1] == labels[5] >= 0
    assert labels[2] == labels[3] == labels[6] >= 0
    assert labels[0] != labels[2]
    assert (labels[4], labels[7]) == (-1, -1)  # alone, and near none


def test_names_are_words_that_several_share() -> None:
    names = named({1: [*ASKED["password"], "Zoe Quist forgot her password"], 2: ASKED["refund"], 3: ASKED["card"]})
    assert "password" in names[1]
    assert "refund" in names[2]
    assert "declined" in names[3]
    assert "zoe" not in names[1]
    assert named({1: []}) == {1: ""}


def test_an_audit_finds_them(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("ticket", "time", "activity", "role", "agent", "text"))
        for n in range(36):
            asked = list(ASKED.values())[n % 3][n // 3 % 3]
            writer.writerow((n, f"2026-03-{1 + n % 28:02} 09:00", "created", "customer", f"c{n}", asked))
            writer.writerow((n, f"2026-03-{1 + n % 28:02} 09:0{n % 9}", "reply", "agent", "Sam", "Here you are."))
    result = run([path], Wanted(), lambda _part, _done: None)
    found = result.findings["questions"][1]
    assert isinstance(found, Found), found
    share = found.figures["top_share"]
    assert isinstance(share, float)
    assert share > 0.85
    assert sum(int(str(row[2])) for row in found.tables[0].rows) == round(share * 36)
    assert {word for row in found.tables[0].rows for word in str(row[0]).split()} >= {"password", "refund", "declined"}
