"""What is acknowledged stays, whoever is killed: kill loops against real processes."""
