"""Bringing an installation to this version, across PostgreSQL's own major versions too."""
