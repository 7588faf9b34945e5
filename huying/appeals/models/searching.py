"""The search index: tokens of the words of an appeal, never of an identity."""

from django.db import models


class SearchEntry(models.Model):
    """The bigrams of one appeal's title and texts, separated by spaces."""

    appeal = models.OneToOneField("appeals.Appeal", on_delete=models.CASCADE, primary_key=True, related_name="+")
    tokens = models.TextField()
