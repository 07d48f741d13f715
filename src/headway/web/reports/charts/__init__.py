"""Charts as SVG: a title, a description, direct labels. Positions are in percent, so that text keeps its size."""
