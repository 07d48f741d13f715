"""What the law gives customers: their data in their hands, its erasure, and no longer kept than said."""
