"""Tables of the foundation."""

from django.db import models


class JobFailure(models.Model):
    """The latest error of a job, shown in the dead-letter list."""

    job_id = models.BigIntegerField(primary_key=True)
    error = models.TextField()
    at = models.DateTimeField(auto_now=True)


class RateWindow(models.Model):
    """How often something happened in one window. Unlogged: a crash forgets it, and that is fine."""

    key = models.CharField(max_length=200, primary_key=True)
    expires_at = models.DateTimeField()
    hits = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="ratewindow_expiry")]  # the hourly clean-up
