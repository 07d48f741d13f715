"""The desk's own fixtures serve its settings too."""

from headway.web.desk.tests.conftest import ask, at_desk

__all__ = ["ask", "at_desk"]
