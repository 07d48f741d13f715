"""Which language a text is in, decided on this machine."""

import pytest

from headway.foundation.language import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My card was declined twice at the supermarket this morning.", "en"),
        ("Meine Karte wurde heute Morgen im Supermarkt zweimal abgelehnt.", "de"),
        ("Mi tarjeta fue rechazada dos veces en el supermercado esta mañana.", "es"),
        ("Ma carte a été refusée deux fois au supermarché ce matin.", "fr"),
        ("今朝スーパーでカードが二回も拒否されました。", "ja"),
        ("我的卡被拒绝了两次。", "zh"),
        ("Сегодня утром мою карту дважды отклонили в супермаркете.", "ru"),
    ],
)
def test_a_sentence_is_recognised(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize("text", ["", "   \n", "ok", "12345 67890 --- 42", "\0" * 14, "https://x.y", "卡"])
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    assert identify(text) == ""


def test_a_long_text_is_told_by_its_beginning() -> None:
    assert identify("Wo bleibt meine Bestellung? Ich warte schon seit drei Wochen. " * 10_000) == "de"
