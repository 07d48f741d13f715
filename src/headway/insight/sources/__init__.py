"""Help desks over their APIs: what they hold is kept in a folder, page by page, and read from there like any export.

A source is a module with a `Source` of `port.py`; `catalogue.py` lists them. A run that was interrupted goes on where
it stopped, and a later one fetches what is new since.
"""
