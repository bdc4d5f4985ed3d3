"""The one model."""

from django.db import models


class Report(models.Model):
    """A report with its file."""

    title = models.CharField(max_length=100)
    file = models.FileField()

    def __str__(self) -> str:
        return self.title
