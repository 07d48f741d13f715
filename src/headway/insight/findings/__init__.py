"""What the audit finds: a finding a file, each with its figures, its sentence, the tickets behind it and what to do."""
