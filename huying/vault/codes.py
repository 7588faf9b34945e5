"""What stands in the database for a secret number: keyed digests (HMAC-SHA-256) of codes, phones and addresses.

Nobody without the key can try numbers against them. A digest cannot be computed anew without the number, so older
keys stay for reading: look for every candidate, and write the current one on the next success.
"""

import hashlib
import hmac
import ipaddress
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from huying.vault.keys import Key, KeyRing, Purpose

_EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?|[x#*,;])\s*", re.IGNORECASE)
_COUNTRY = re.compile(r"(?:\+|00)86")
_MOBILE = re.compile(r"1\d{10}")
_FEWEST_DIGITS = 5
_CUSTOMER_BITS = 64  # what one household or phone gets of IPv6; it may change the rest at will


class NotAPhone(ValueError):
    """The text holds no number that could be called."""

    def __init__(self) -> None:
        super().__init__("这不像一个电话号码，请核对。")


class KeyedDigest(NamedTuple):
    """A digest in 64 hexadecimal digits, and the id of the key that made it."""

    key_id: str
    digest: str


def code_digest(ring: KeyRing, code: str) -> KeyedDigest:
    """What is stored for a receipt code (16 plain digits)."""
    return _digest(ring.current(Purpose.RECEIPT_CODE), code)


def candidate_digests(ring: KeyRing, code: str) -> list[KeyedDigest]:
    """Every digest this code may be stored under, the current key's first."""
    return [_digest(key, code) for key in ring.newest_first(Purpose.RECEIPT_CODE)]


def slip_digest(ring: KeyRing, code: str) -> KeyedDigest:
    """What is stored for the code of a survey's slip: never the same as for a receipt with these digits."""
    return _digest(ring.current(Purpose.RECEIPT_CODE), f"slip with {code}")


def candidate_slips(ring: KeyRing, code: str) -> list[KeyedDigest]:
    """Every digest this slip may be stored under, the current key's first."""
    return [_digest(key, f"slip with {code}") for key in ring.newest_first(Purpose.RECEIPT_CODE)]


def phone_index(ring: KeyRing, phone: str) -> KeyedDigest:
    """What is stored to find the same phone again, however it was typed. Raises NotAPhone."""
    return _digest(ring.current(Purpose.PHONE_INDEX), normalise_phone(phone))


def candidate_indexes(ring: KeyRing, phone: str) -> list[KeyedDigest]:
    """Every index this phone may be stored under, the current key's first. Raises NotAPhone."""
    plain = normalise_phone(phone)
    return [_digest(key, plain) for key in ring.newest_first(Purpose.PHONE_INDEX)]


def address_key(ring: KeyRing, address: str, *, on: date) -> str:
    """What a limit counts for a network address on this day: 32 digits that nobody without the key can trace back,
    and that are others tomorrow. An IPv6 customer is one address (/64), and so is everything that is no address.
    """
    return _digest(ring.current(Purpose.ADDRESS), f"{on.isoformat()} {_network_of(address)}").digest[:32]


def normalise_phone(text: str) -> str:
    """The number one would dial inside the country, digits only: 13800005678, 05360000000, 05360000000x802.

    Raises NotAPhone.
    """
    main, *extension = _EXTENSION.split(unicodedata.normalize("NFKC", text).strip())[:2]
    digits = _inland("".join(re.findall(r"[+0-9]", main)))
    if len(digits) < _FEWEST_DIGITS:
        raise NotAPhone
    inner = "".join(re.findall(r"[0-9]", extension[0])) if extension else ""
    return f"{digits}x{inner}" if inner else digits


def drawn_from(ring: KeyRing, token: str) -> Callable[[int], int]:
    """What draws a number for this token, the same every time: a page sent twice gets one receipt code, and nobody
    without the key can tell the code by the token."""
    drawn = int(_digest(ring.current(Purpose.RECEIPT_CODE), f"receipt code for {token}").digest, 16)
    return lambda most: drawn % most


def _inland(dialled: str) -> str:
    """The number without the country's own code; a landline gets back the 0 that is left out abroad."""
    plain, found = _COUNTRY.subn("", dialled, count=1) if _COUNTRY.match(dialled) else (dialled, 0)
    digits = plain.replace("+", "")
    if not found and re.fullmatch(r"86" + _MOBILE.pattern, digits):
        return digits[2:]
    is_landline = found and not _MOBILE.fullmatch(digits) and not digits.startswith("0")
    return f"0{digits}" if is_landline else digits


def _network_of(address: str) -> str:
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), _CUSTOMER_BITS), strict=False))


def _digest(key: Key, plain: str) -> KeyedDigest:
    return KeyedDigest(key.id, hmac.new(key.secret, plain.encode(), hashlib.sha256).hexdigest())
