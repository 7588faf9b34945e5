"""Intake forms in progress at a counter."""

from huying.channels.models import IntakeForm


def is_reserved(digests: list[str]) -> bool:
    """Whether one of these codes was read out and its form is not registered yet."""
    return IntakeForm.objects.filter(code_digest__in=digests, stage=IntakeForm.Stage.OPEN).exists()
