"""Telephone numbers as one spelling: E.164, Peru where no country is given."""

from __future__ import annotations

import re

import phonenumbers

from aid.errors import NotUnderstood

WRITTEN = re.compile(r"\+?[\d\s().\-/\u00a0\u2010-\u2015]+")
SHORTEST = 7
"""Digits. Fewer are a short code (an operator's advertisements, 105), never a woman's telephone."""


def e164(text: str, region: str = "PE") -> str:
    """The number as +51900000001. Raises NotUnderstood("error-phone") for anything that is no telephone."""
    trimmed = text.strip()
    if not WRITTEN.fullmatch(trimmed) or sum(map(str.isdigit, trimmed)) < SHORTEST:
        raise NotUnderstood("error-phone")
    try:
        number = phonenumbers.parse(trimmed, region)
    except phonenumbers.NumberParseException:
        raise NotUnderstood("error-phone") from None  # the cause quotes the number
    if not phonenumbers.is_valid_number(number):
        raise NotUnderstood("error-phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
