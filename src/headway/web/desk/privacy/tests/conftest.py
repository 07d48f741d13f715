"""Somebody at the desk, and a customer who has written everywhere."""

from headway.privacy.tests.conftest import life
from headway.web.desk.tests.conftest import ask, at_desk

__all__ = ["ask", "at_desk", "life"]
