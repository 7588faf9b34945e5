"""Ways in beside the password: the telephone's secret, codes on paper, and what it takes to give somebody new ones."""

from django.db import models

from huying.people.models.accounts import Account


class SecondFactor(models.Model):
    """The telephone of one sign-in. Both secrets are sealed; `pending` waits until its first code has been shown.

    `last_step` is the half minute whose code was used last: no code counts twice.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.TextField(blank=True)
    pending = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.account_id}"


class RecoveryCode(models.Model):
    """One code on paper, good once. Kept as a password is: slow to try and salted."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    place = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=200)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "place"], name="one_recovery_code_a_place")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.place}"


class PastPassword(models.Model):
    """A password that was used before, hashed: only kept, and refused, in the profile of 等保."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="past_passwords")
    digest = models.CharField(max_length=128)
    until = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.account_id}"


class AccessReset(models.Model):
    """A request to give somebody a new way in. It does nothing before another administrator has signed it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="resets")
    lost = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_as = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_signed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(decided_at=None), name="one_open_reset_per_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.lost}"
