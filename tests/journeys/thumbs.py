"""What a thumb cannot use: on a phone nothing is cut off at the side, and everything that is tapped takes 44 px."""

from pathlib import Path

from playwright.sync_api import Page

TARGET = 44
_MEASURE = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").rstrip().removesuffix(";")


def cramped(page: Page) -> list[str]:
    """What is cut off or too small on the page as it stands."""
    found: list[str] = page.evaluate(_MEASURE, TARGET)
    return [f"{page.url.partition('/desk')[2] or page.url}: {each}" for each in found]
