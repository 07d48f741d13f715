"""The customers we serve and their organisations."""
