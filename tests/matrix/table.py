"""`table.toml` as the machines read it: who gets what from which address, and what it is about."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

UNSIGNED = ("nobody", "holder", "other_holder")
VERBS = ("GET", "POST")
IN, IN_WORDS, DENIED, SIGN_IN, ASK_CODE, NO_SUCH_VERB = "in", "in words", "denied", "sign in", "code", "no such verb"
NOTHING = "nothing that is there"


@dataclass(frozen=True)
class Row:
    """One address. `inside` names who gets in, by the thing it is about; "" is an address that is about nothing."""

    path: str
    verbs: tuple[str, ...]
    inside: dict[str, frozenset[str]]
    words: str
    step: str = ""
    says_so_itself: bool = False

    @property
    def is_of_an_appeal(self) -> bool:
        return self.path.startswith(("staff/appeals/<int:pk>/", "staff/files/", "progress/<int:pk>/"))

    @property
    def is_one_s_own(self) -> bool:
        return self.path.startswith("progress/<int:pk>/")

    @property
    def is_behind_the_sign_in(self) -> bool:
        anyone = frozenset().union(*self.inside.values())
        return bool(anyone) and not anyone & set(UNSIGNED)

    def expected(self, verb: str, who: str, about: str) -> str:
        """What this one gets; a name that the row does not speak of is a thing that lets nobody in."""
        gets_in = who in self.inside.get(about, frozenset())
        if not gets_in and who in UNSIGNED and self.is_behind_the_sign_in:
            return SIGN_IN
        if not gets_in and self.is_one_s_own and who not in ("holder", "other_holder"):
            return ASK_CODE
        if verb not in self.verbs:
            return NO_SUCH_VERB
        if self.step and verb == "POST" and not gets_in and who in knows(about):
            return IN_WORDS
        return IN if gets_in else DENIED


@cache
def read() -> dict[str, Any]:
    """The table as it stands."""
    return tomllib.loads(Path(__file__).with_name("table.toml").read_text("utf-8"))


def roles() -> tuple[str, ...]:
    """Everyone, in the order of the table."""
    return tuple(read()["roles"])


def appeals() -> tuple[str, ...]:
    """Every appeal, in the order of the table."""
    return tuple(read()["appeals"])


def walls() -> tuple[str, ...]:
    """The appeals that differ by who is near to whom; the rest differ by how far they have come."""
    return tuple(name for name in appeals() if kept_from(name))


def knows(appeal: str) -> frozenset[str]:
    """Of the staff, who may know of the appeal."""
    return frozenset(read()["appeals"].get(appeal, {}).get("knows", "").split())


def kept_from(appeal: str) -> tuple[str, ...]:
    """From whom it matters most to keep it."""
    return tuple(read()["appeals"][appeal].get("kept_from", "").split())


@cache
def rows() -> dict[str, Row]:
    """{path: its row} of every address."""
    table = read()
    found = [_page(path, said) for path, said in table["pages"].items()]
    found += [_about(path, said) for path, said in table["about_an_appeal"].items()]
    found += [_own(path, said) for path, said in table["about_ones_own"].items()]
    found += [_step(name, said) for name, said in table["steps"].items()]
    return {row.path: row for row in found}


def _page(path: str, said: dict[str, Any]) -> Row:
    told = ("verbs", "words", "says_so_itself")
    inside = {"" if about == "who" else about: _group(who) for about, who in said.items() if about not in told}
    return Row(path, tuple(said["verbs"].split()), inside, said["words"], says_so_itself="says_so_itself" in said)


def _about(path: str, said: dict[str, Any]) -> Row:
    # `who` narrows it to some of those who know of the appeal; an appeal's own line says it for that one.
    asked = _group(said["who"]) if "who" in said else None
    usual = {name: knows(name) if asked is None else knows(name) & asked for name in appeals()}
    inside = {name: frozenset(said[name].split()) if name in said else usual[name] for name in appeals()}
    return Row(path, tuple(said["verbs"].split()), inside, said["words"])


def _own(path: str, said: dict[str, Any]) -> Row:
    # `at` narrows it to the appeals that have come so far.
    there = _stations(said["at"]) if "at" in said else appeals()
    return Row(path, tuple(said["verbs"].split()), {name: frozenset({"holder"}) for name in there}, said["words"])


def _step(name: str, said: dict[str, Any]) -> Row:
    inside = {one: _parts(said.get(one, said["who"]), one) for one in _stations(said["at"])}
    return Row(f"staff/appeals/<int:pk>/{name}/", VERBS, inside, said["words"], step=name)


def _group(names: str) -> frozenset[str]:
    groups = {**read()["groups"], "everyone": " ".join(roles())}
    return frozenset(one for name in names.split() for one in groups.get(name, name).split())


def _stations(names: str) -> list[str]:
    """The appeals behind names of appeals and of groups of them, which may name groups themselves."""
    stations = read()["stations"]
    return [one for name in names.split() for one in (_stations(stations[name]) if name in stations else [name])]


def _parts(names: str, appeal: str) -> frozenset[str]:
    """Who plays these parts in this appeal; a role may be named by itself."""
    parts = {**read()["parts"], **read()["appeals"][appeal]}
    return frozenset(one for name in names.split() for one in parts.get(name, name).split())
