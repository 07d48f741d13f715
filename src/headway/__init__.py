"""Headway: customer support that scales without headcount."""

__version__ = "0.1.0"
