"""Recurring questions: grouped by meaning, named by shared words, bounded whatever the number of texts."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from headway.foundation.embeddings import Vectors, builtin
from headway.insight.audit import run
from headway.insight.findings.finding import Found
from headway.insight.questions import categories, groups, openings, words
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


# The same in English, German, Spanish and French.
TRANSLATED = (
    ("How do I reset my password?", "Wie setze ich mein Passwort zurück?", "¿Cómo restablezco mi contraseña?",
     "Comment réinitialiser mon mot de passe ?"),
    ("Where is my order?", "Wo ist meine Bestellung?", "¿Dónde está mi pedido?", "Où est ma commande ?"),
    ("My card payment was declined.", "Meine Kartenzahlung wurde abgelehnt.", "Mi pago con tarjeta fue rechazado.",
     "Mon paiement par carte a été refusé."),
    ("I was charged twice.", "Mir wurde zweimal abgebucht.", "Me cobraron dos veces.", "J'ai été débité deux fois."),
    ("The printer does not print receipts.", "Der Drucker druckt keine Belege.", "La impresora no imprime recibos.",
     "L'imprimante n'imprime pas les reçus."),
)  # fmt: skip


def test_the_built_in_model_keeps_languages_apart() -> None:
    """Why the finding says so: once a model brings them together, the note must go."""
    english, *others = (builtin().embed(list(texts)) for texts in zip(*TRANSLATED, strict=True))
    near = [float(one) for vectors in others for one in (english * vectors).sum(axis=1)]
    assert max(near) < 1 - groups.DISTANCE
    assert sum(near) / len(near) < 0.3


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


def _history(path: Path, tickets: int = 36, asked_of: Sequence[Sequence[str]] = tuple(ASKED.values())) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("ticket", "time", "activity", "role", "agent", "text"))
        for n in range(tickets):
            asked = asked_of[n % 3][n // 3 % 3]
            writer.writerow((n, f"2026-03-{1 + n % 28:02} 09:00", "created", "customer", f"c{n}", asked))
            writer.writerow((n, f"2026-03-{1 + n % 28:02} 09:0{n % 9}", "reply", "agent", "Sam", "Here you are."))
    return path


def test_an_audit_finds_them(tmp_path: Path) -> None:
    parts: list[tuple[str, int]] = []
    result = run([_history(tmp_path / "history.csv")], Wanted(), lambda part, done: parts.append((part, done)))
    assert ("Texts read by meaning", 9) in parts
    found = result.findings["questions"][1]
    assert isinstance(found, Found), found
    share = found.figures["top_share"]
    assert isinstance(share, float)
    assert share > 0.85
    assert sum(int(str(row[2])) for row in found.tables[0].rows) == round(share * 36)
    assert {word for row in found.tables[0].rows for word in str(row[0]).split()} >= {"password", "refund", "declined"}
    assert not any("language" in note for note in found.notes)


def test_where_customers_write_in_two_languages_it_says_that_each_is_grouped_apart(tmp_path: Path) -> None:
    texts = [ASKED["password"], ASKED["refund"], ASKED["card"]]
    texts[1] = ("Wo ist meine Bestellung geblieben?", "Wo bleibt denn meine Bestellung?", "Wo ist meine Bestellung?")
    result = run([_history(tmp_path / "history.csv", asked_of=texts)], Wanted(), lambda _part, _done: None)
    found = result.findings["questions"][1]
    assert isinstance(found, Found), found
    assert any("Each language is grouped apart" in note and "English, German" in note for note in found.notes)


def test_where_there_is_neither_field_nor_tag_a_question_is_the_category(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _history(tmp_path / "history.csv", 300)
    few = run([path], Wanted(), lambda _part, _done: None)
    assert (few.trust.category_from, few.trust.clustered) == ("question", 1.0)
    leverage = few.findings["leverage"][1]
    assert isinstance(leverage, Found)
    named = {str(row[0]) for row in leverage.tables[-1].rows}
    assert {word for name in named for word in name.split()} >= {"password", "refund", "declined"}
    # beyond what is read by meaning, words tell
    for module in (openings, categories):
        monkeypatch.setattr(module, "MOST_READ", 90)
    more = run([path], Wanted(), lambda _part, _done: None)
    assert more.trust.category_from == "question"
    assert more.trust.clustered is not None
    assert more.trust.clustered > 0.9
    text = path.read_text().replace(",text", ",text,tags").replace("\n", ",vip\n").replace(",tags,vip", ",tags")
    path.write_text(text.replace("\r,", ",").replace("\r", ""))
    assert run([path], Wanted(), lambda _part, _done: None).trust.category_from == "tag"


def test_words_that_do_not_tell_groups_apart_decide_nothing() -> None:
    texts = [f"please help me number {n}" for n in range(40)]
    assert words.learn(texts, [n % 2 for n in range(40)]) is None
    assert words.learn(texts, [-1] * 40) is None
    told = words.learn([*ASKED["password"], *ASKED["refund"]] * 8, [0, 0, 0, 1, 1, 1] * 8)
    assert told is not None
    assert told.labels(["forgot the password", "a refund", "opening hours of the museum"]) == [0, 1, -1]
    assert told.labels([]) == []
