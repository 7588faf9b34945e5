"""Every enum member that a person may see has a label, in plain Chinese."""

import re
from enum import StrEnum

import pytest

from huying.rules import enums, labels

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MEMBERS = [
    member
    for kind in vars(enums).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    for member in kind
]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: f"{type(member).__name__}.{member.name}")
def test_every_member_has_a_label(member):
    assert CHINESE.search(labels.label(member))
