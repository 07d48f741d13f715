"""Mails handed in by providers over HTTP: verified, then through the one door for mails."""
