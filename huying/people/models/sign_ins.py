"""Sessions of our own: each knows its account, so one's sign-ins can be listed and ended."""

import hashlib

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from huying.people.models.accounts import Account


class SignIn(AbstractBaseSession):
    """One browser's session. Without an account it is a visitor's: nothing tells whose."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sign_ins")
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, blank=True)

    @property
    def handle(self) -> str:
        """A name for a page: the key itself would open the session."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]
