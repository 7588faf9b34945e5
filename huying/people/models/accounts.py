"""Sign-ins. Our own from the first migration, so that nothing outside decides what an account is."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from huying.people.models.persons import Person


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with a password that only its owner will keep."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(login=login, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(login=username)


class Account(AbstractBaseUser):
    """A sign-in of one person. It has no rights of its own: those come from the person's posts of today."""

    login = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    password_set_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.login

    @property
    def has_second_factor(self) -> bool:
        """Whether a telephone has shown a right code for this sign-in once."""
        factor = getattr(self, "second_factor", None)
        return factor is not None and factor.confirmed_at is not None
