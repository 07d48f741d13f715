"""What a workspace defines for its tickets, a file a noun."""
