"""Every text a phone may show, with realistic values: what tests of texts and of discretion walk through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from aid.messages import Message, Option, Value
from bot.sms.menus import render
from config.defaults import load
from config.texts import FOLDER, say

MOST_SPOKEN = 5_000
"""More ways to say one text than there are: beyond it a test would be left without an end."""
NOT_SAID = ("words-", "word-", "command-", "rule-", "doctor-", "option-", "category-", "urgency-")
"""Lists of spellings, what a terminal prints, and labels that are said only inside a question."""
LABELS = ("plain", "inbox-kind", "claim-until", "claim-place", "cancel-option", "claim-back-option")
GIFT_LABELS = ("gift-option-", "gift-wish-")
TERMINAL = "commands.ftl"
TELEGRAM_ONLY = ("accounts", "accounts-fund")
"""Sums for treasurers: by SMS they hear accounts-elsewhere instead."""

_aliases = load("aliases")
_zones = load("zones")["city"]
LONGEST_ALIAS = " ".join(
    (max(_aliases["feminine"], key=len), max((pair[0] for pair in _aliases["adjectives"]), key=len))
)
LONGEST_DISTRICT = max((row["name"] for city in _zones for row in city["districts"]), key=len)
DAY = "31/12/2026"

VALUES: Mapping[str, tuple[Value, ...]] = {
    "ahead": (0, 1, 14, 120),
    "alias": ("luna clara", LONGEST_ALIAS),
    "amount": ("S/ 150.50",),
    "asker": ("luna clara", LONGEST_ALIAS),
    "balance": ("S/ 150.50",),
    "bot": ("ayni_amancay_bot",),
    "code": ("K7P4", "482913"),
    "codes": ("K7P4 M2R8 T5V6",),
    "come": ("S/ 150.50",),
    "count": (1, 40),
    "cover": ("geranio 1", "vecina de la esquina"),
    "day": ("12/5",),
    "district": ("Ate", LONGEST_DISTRICT),
    "free": ("S/ 150.50",),
    "given": ("S/ 150.50",),
    "hour": ("18:30",),
    "least": (0, 1920),
    "left": (0, 1, 12),
    "link": ("t.me/ayni_amancay_bot?start=K7P4XM",),
    "most": (3, 2026),
    "notice": ("K7P4",),
    "number": ("+51900000001",),
    "operation": ("00123456",),
    "payload": ("0123456789abcdef0123456789abcdef",),
    "people": (0, 1, 12),
    "place": ("el mercado, puerta 2",),
    "readers": (0, 1, 2),
    "receipt": ("K7P4XM",),
    "receipts": ("K7P4XM M2R8TV T5V6WX",),
    "reserved": ("S/ 150.50",),
    "text": ("Te llamo a las 5",),
    "units": (1, 20),
    "word": ("GIRASOLES",),
    "words": ("me siguen",),
}


def _labels(prefix: str, *names: str) -> tuple[Option, ...]:
    return tuple(Option(name, f"{prefix}{name}") for name in names)


def _data(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label, "plain", {"text": label}) for label in labels)


YES_NO = _labels("option-", "yes", "no")
CITIES = _data(*(city["name"] for city in _zones))
DISTRICTS = tuple(_data(*(row["name"] for row in city["districts"])) for city in _zones)
CATEGORIES = _labels("category-", *(row["id"] for row in load("categories")["category"]))

MENUS: Mapping[str, tuple[tuple[Option, ...], ...]] = {
    "join-alias": (_data(*[LONGEST_ALIAS] * 3),),
    "join-city": (CITIES,),
    "join-district": DISTRICTS,
    "point-city": (CITIES,),
    "point-district": DISTRICTS,
    "gift-district": DISTRICTS,
    "request-what": (CATEGORIES,),
    "gift-category": (CATEGORIES,),
    "request-urgency": (_labels("urgency-", "today", "week", "normal"),),
    "cancel-which": (
        tuple(
            Option("r", "cancel-option", {"text": "K7P4XM", "category": category})
            for category in ("food", "cash", "medicine", "shelter")
        ),
    ),
    "claim-back-which": (tuple(Option("c", "claim-back-option", {"text": "K7P4XM"}) for _ in range(3)),),
    "join-consent-keep": (YES_NO,),
    "join-consent-leave": (YES_NO,),
    "join-ward-consent": (YES_NO,),
    "join-out-of-work": (YES_NO,),
    "offer-new": (_labels("option-", "claim", "not-now"),),
    "alarm-new": (_labels("option-", "going", "cannot-go"),),
    "gift-what": (_labels("gift-option-", "cash", "goods"),),
    "gift-paid": (_labels("gift-option-", "paid", "later"),),
    "gift-wish": (_labels("gift-wish-", "free", "category", "district"),),
    "gift-where": (_labels("gift-wish-", "free", "district"),),
    "gift-asked-paid": (_labels("gift-option-", "came", "not"),),
    "gift-asked-pledge": (_labels("gift-option-", "came", "not"),),
    "gift-asked-goods": (_labels("gift-option-", "came", "not"),),
    "payout-asked": (YES_NO,),
    "arrival-asked": (YES_NO,),
}
"""What a question offers, in each of its forms; the menu is part of the SMS."""


@dataclass
class Used(Visitor):
    """What a text prints, what it chooses by (and the choices), and which other texts it takes in."""

    printed: set[str] = field(default_factory=set)
    chosen: dict[str, set[Value]] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)

    def visit_Placeable(self, node: fluent.Placeable) -> None:  # noqa: N802 - the library's naming
        if isinstance(node.expression, fluent.VariableReference):
            self.printed.add(node.expression.id.name)
        else:
            self.generic_visit(node)

    def visit_SelectExpression(self, node: fluent.SelectExpression) -> None:  # noqa: N802 - the library's naming
        if isinstance(node.selector, fluent.VariableReference):
            found = self.chosen.setdefault(node.selector.id.name, set())
            found.update(_choice(variant.key) for variant in node.variants)
        for variant in node.variants:
            self.visit(variant.value)

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802 - the library's naming
        self.references.add(node.id.name)

    @property
    def arguments(self) -> set[str]:
        return self.printed | set(self.chosen)


def _choice(key: fluent.Identifier | fluent.NumberLiteral) -> Value:
    return int(key.value) if isinstance(key, fluent.NumberLiteral) else key.name


@cache
def entries(language: str) -> Mapping[str, tuple[Path, fluent.Message]]:
    """Every message of a language, and the file it stands in."""
    return {
        entry.id.name: (path, entry)
        for path in sorted((FOLDER / language).glob("*.ftl"))
        for entry in FluentParser().parse(path.read_text("utf-8")).body
        if isinstance(entry, fluent.Message)
    }


def used(language: str, key: str, attribute: str = "") -> Used:
    """What one form of a text asks for, with the texts it takes in."""
    _, entry = entries(language)[key]
    forms = {one.id.name: one.value for one in entry.attributes} | {"": entry.value}
    found = Used()
    found.visit(forms[attribute])
    for other in sorted(found.references):
        more = used(language, other)
        found.printed |= more.printed
        for name, choices in more.chosen.items():
            found.chosen.setdefault(name, set()).update(choices)
    return found


def is_said(language: str, key: str) -> bool:
    """Whether a text is shown on a phone by itself."""
    path, _ = entries(language)[key]
    return (
        path.name != TERMINAL
        and key not in TELEGRAM_ONLY
        and not key.startswith((*NOT_SAID, *LABELS, *GIFT_LABELS))
    )


def ways(language: str, key: str, attribute: str) -> Iterator[dict[str, Value]]:
    """Values for one form of a text: every choice in it, and short and long ones of what it prints."""
    asked = used(language, key, attribute)
    names = sorted(asked.arguments)
    terminal = entries(language)[key][0].name == TERMINAL
    several = [_values(asked, name, terminal=terminal) for name in names]
    for values in islice(product(*several), MOST_SPOKEN):
        yield dict(zip(names, values, strict=True))


def _values(asked: Used, name: str, *, terminal: bool) -> list[Value]:
    """Raises KeyError for an argument that a phone shows and of which no realistic value is known here."""
    choices = asked.chosen.get(name, set()) - {"one"}
    known = set(VALUES.get(name, ("x",) if terminal else ()))
    if known:
        choices -= {"other"}
    elif name in asked.printed:
        raise KeyError(f"tests/config/spoken.py knows no value of ${name}")
    return sorted(choices | known, key=str) or [""]


def as_sms(language: str, key: str) -> Iterator[str]:
    """Each way a text appears on a plain telephone, its menu numbered."""
    _, entry = entries(language)[key]
    form = "sms" if any(one.id.name == "sms" for one in entry.attributes) else ""
    for values in ways(language, key, form):
        for options in MENUS.get(key, ((),)):
            yield render(Message(key, values, options), say, language)


def openers(language: str) -> Iterator[tuple[str, str]]:
    """Each discreet first word."""
    for key, (_, entry) in entries(language).items():
        for one in entry.attributes:
            if one.id.name == "opener":
                for values in ways(language, key, "opener"):
                    yield f"{key}.opener", render(Message(f"{key}.opener", values), say, language)
    for values in ways(language, "opener", ""):
        yield "opener", render(Message("opener", values), say, language)
