"""The processes that serve: web, live, worker, and the migration before them. Each runs on its own machine too."""
