"""Every metric with its one definition. The reference page and the reports take it from here."""
