"""The processes that serve (web, live, worker), and the migration or check before them. Each runs apart too."""
