"""Text is readable and edges are visible, computed from the tokens themselves, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[1] / "static" / "css" / "tokens.css").read_text()
TEXT, EDGE = 4.5, 3.0

SURFACES = ["surface", "surface-sunken", "surface-raised", "fill", "fill-hover"]
PAIRS = [
    *[(text, on, TEXT) for text in ("text", "text-strong", "text-quiet") for on in [*SURFACES, "fill-pressed"]],
    *[("text-faint", on, TEXT) for on in ("surface", "surface-sunken", "surface-raised", "fill")],
    *[("accent-text", on, TEXT) for on in [*SURFACES, "accent-tint"]],
    *[("text", on, TEXT) for on in ("accent-tint", "mark")],
    ("text-quiet", "accent-tint", TEXT),
    *[("on-accent", fill, TEXT) for fill in ("accent", "accent-hover", "accent-pressed")],
    *[("on-accent", fill, TEXT) for fill in ("danger-fill", "danger-fill-hover")],
    *[(meaning, on, TEXT) for meaning in ("positive", "warning", "danger", "information") for on in (
        "surface", "surface-sunken", "surface-raised", f"{meaning}-tint", "accent-tint")],
    *[("text", f"{meaning}-tint", TEXT) for meaning in ("positive", "warning", "danger", "information")],
    *[(f"{meaning}-edge", "surface", EDGE) for meaning in ("positive", "warning", "danger", "information", "accent")],
    ("edge", "surface", EDGE),
    ("edge", "surface-raised", EDGE),
    ("note-text", "note", TEXT),
    ("note-quiet", "note", TEXT),
]  # fmt: skip


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(front: str, back: str, least: float, look: int) -> None:
    ratio = contrast(colour(front, look), colour(back, look))
    assert ratio >= least, f"{front} on {back}: {ratio:.2f}"


def test_no_raw_colour_outside_the_tokens_file_names_a_grey() -> None:
    for sheet in (Path(__file__).parents[1] / "static" / "css").glob("*.css"):
        if sheet.name != "tokens.css":
            assert "var(--grey-" not in sheet.read_text(), f"{sheet.name} reaches past the roles"


def colour(name: str, look: int) -> str:
    """The hex value of a token, in the light look (0) or the dark one (1)."""
    found = re.search(rf"--{re.escape(name)}:\s*(.+?);", TOKENS)
    assert found, f"no token --{name}"
    value = found[1]
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(reference[1], look)
    if both := re.fullmatch(r"light-dark\((#\w{6}), (#\w{6})\)", value):
        return both[look + 1]
    assert re.fullmatch(r"#\w{6}", value), f"--{name} is {value}"
    return value


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two hex colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(hexa: str) -> float:
    parts = [int(hexa[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
