"""Jobs: work that commits with the data that asks for it, and runs after.

Built on procrastinate with Django's own connection: a job deferred in a transaction exists exactly when that
transaction commits. Arguments are ids, enumerations and numbers, never text about people.
"""

from headway.foundation.jobs.declaration import Job, job, schedule, set_held_check, set_language

__all__ = ["Job", "job", "schedule", "set_held_check", "set_language"]
