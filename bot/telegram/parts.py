"""A long text cut into messages, at paragraphs if it can be, at words if it must."""

from __future__ import annotations

MAX_UNITS = 4096  # UTF-16 units: an emoji counts twice, as Telegram's own clients count


def split(text: str, limit: int = MAX_UNITS) -> list[str]:
    """The parts in order, each within the limit, none empty."""
    parts = []
    rest = text.strip()
    while _units(rest) > limit:
        head = _fitting(rest, limit)
        cut = _seam(head)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in [*parts, rest] if part]


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _fitting(text: str, limit: int) -> str:
    """The longest beginning within the limit."""
    head = text[:limit]
    while _units(head) > limit:
        head = head[: len(head) - (_units(head) - limit + 1) // 2]
    return head


def _seam(head: str) -> int:
    """Where to cut: after a paragraph, a line, a word; none of these only if the part would be tiny."""
    for seam in ("\n\n", "\n", " "):
        cut = head.rfind(seam)
        if cut > len(head) // 4:
            return cut
    return len(head)
