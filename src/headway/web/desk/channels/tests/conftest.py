"""Somebody at the desk, over HTTP."""

from headway.web.desk.tests.conftest import ask, at_desk

__all__ = ["ask", "at_desk"]
