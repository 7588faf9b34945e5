"""The doors, and what came through them word for word."""

from django.db import models

from huying.people.models import Account, Unit


class Channel(models.Model):
    """A way in. `is_outer` doors bring the sender's own number and date; `keeper` is the clerk named for a mailbox."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    is_outer = models.BooleanField(default=False)
    is_staffed = models.BooleanField(default=True)
    key = models.CharField(max_length=1, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class IncomingMessage(models.Model):
    """What a door brought, kept word for word; an outer number comes once through a channel. `sealed` is encrypted:
    a raw row may name people."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    external_ref = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    sealed = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_ref"],
                condition=~models.Q(external_ref=""),
                name="one_message_per_outer_number",
            )
        ]


class IntakeForm(models.Model):
    """A clerk's form in progress under a reserved code. It is not an appeal; left alone it registers by itself."""

    class Stage(models.TextChoices):
        OPEN = "open", "正在登记"
        REGISTERED = "registered", "已登记"
        DROPPED = "dropped", "已作废"

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    code_digest = models.CharField(max_length=64, unique=True)
    code_key = models.CharField(max_length=16)
    sealed = models.TextField()
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    registers_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["stage", "registers_at"])]
