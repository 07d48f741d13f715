"""Readers: what other systems export, each into the same staged rows and from there into the lake.

A reader is a module with a `Reader` of `port.py`; `formats.py` lists them in the order in which a file is offered.
"""
