"""The words a language's phrases know, and how a typed word is recognised as one of them (pure).

A word is compared by its sound ("nececito" and "necesito" sound alike), so spelling mistakes cost nothing.
What still is no known word is taken apart ("notengo"), put together ("nece sito") or corrected to the
nearest one by RapidFuzz; short words are never corrected, one letter makes them another word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.normal import normalise, plain, undoubled
from config.texts.phrases import Phrases

_MOST_WORDS = 400
"""Words that are read of one text; nobody dictates more in one breath."""
_MOST_CORRECTIONS = 30
"""Unknown words that are corrected in one text: it is the dear step, and random letters need none of it."""
_SHORTEST_CORRECTED = 5
_LONGEST_WORD = 24
_TWO_MISTAKES = 10
"""From this length on a word may hold two mistakes."""
_SHORTEST_REST = 3
"""Letters of the second half of two words written as one."""
_UNIT = re.compile(r"^(\d+)([a-zñ]{1,})$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as heard: its sound, all the symbols it stands for (sound and groups), and if it was sure."""

    sound: str
    symbols: frozenset[str]
    sure: bool = True


class Vocabulary:
    """Every word of one language's phrases by its sound. Compiled once; holds nothing of what is typed."""

    def __init__(self, phrases: Phrases, words: frozenset[str]) -> None:
        """`words` are those that the phrases name outside groups."""
        self._phrases = phrases
        self._sounds = [(re.compile(found, re.MULTILINE), heard) for found, heard in phrases.sounds]
        self._signs = re.compile(
            "|".join(re.escape(sign) for sign in sorted(phrases.signs, key=len, reverse=True))
        )
        self._endings: list[tuple[str, str]] = []
        symbols: dict[str, set[str]] = defaultdict(set)
        words |= phrases.common.union(" ".join(phrases.abbreviations.values()).split())
        every = sorted(words.union(*phrases.groups.values()))
        self._known = dict(zip(every, self.sounds(every), strict=True))
        # In one order, for between two that are equally near the first one filed is heard.
        for word in sorted(words):
            symbols[self._known[word]].add(self._known[word])
        for name, members in phrases.groups.items():
            for word in sorted(members):
                if word.startswith("*"):
                    self._endings.append((word[1:], f"{{{name}}}"))
                else:
                    symbols[self._known[word]] |= {self._known[word], f"{{{name}}}"}
        self._symbols = {sound: self._with_endings(sound, found) for sound, found in symbols.items()}
        self._near: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        for sound in self._symbols:
            self._file(sound)

    def sound(self, word: str) -> str:
        """How a word is spoken, spelled in one way only."""
        return self._known.get(word) or self.sounds([word])[0]

    def sounds(self, words: Sequence[str]) -> list[str]:
        """The same for many at once, each on a line of its own: a tenth of the time."""
        spoken = "\n".join(words)
        for found, heard in self._sounds:
            spoken = found.sub(heard, spoken)
        return undoubled(spoken).split("\n") if words else []

    def typed(self, text: str) -> list[str]:
        """The words of a text, signs and abbreviations written out."""
        if self._phrases.signs:
            text = self._signs.sub(lambda sign: f" {self._phrases.signs[sign[0]]} ", plain(text))
        found: list[str] = []
        for word in normalise(text).split()[:_MOST_WORDS]:
            full = self._phrases.abbreviations.get(word)
            if full is None and (unit := _UNIT.match(word)):
                found += [unit[1], self._phrases.abbreviations.get(unit[2], unit[2])]
            else:
                found += (full or word).split() if full != "" else []
        return found

    def hear(self, typed: Sequence[str], sounds: Sequence[str]) -> list[Word]:
        """Recognise each word, as typed and by its sound."""
        heard: list[Word] = []
        corrections = 0
        position = 0
        while position < len(sounds):
            sound = sounds[position]
            position += 1
            if sound in self._symbols:
                heard.append(Word(sound, self._symbols[sound]))
            elif sound[:1].isdigit():
                heard.append(Word("#", frozenset({sound, "{#}"})))
            elif position < len(sounds) and sound + sounds[position] in self._symbols:
                sound += sounds[position]
                heard.append(Word(sound, self._symbols[sound]))
                position += 1
            elif (halves := self._halves(typed[position - 1])) is not None:
                heard += halves
            else:
                corrections += 1
                nearest = self._nearest(sound) if corrections <= _MOST_CORRECTIONS else None
                heard.append(
                    Word(nearest, self._symbols[nearest], sure=False)
                    if nearest
                    else Word(sound, self._with_endings(sound, {sound}), sure=False)
                )
        return heard

    def _half(self, word: str) -> Word:
        sound = self.sound(word)
        return Word(sound, self._symbols[sound])

    def _with_endings(self, sound: str, symbols: set[str]) -> frozenset[str]:
        return frozenset(symbols).union(name for ending, name in self._endings if sound.endswith(ending))

    def _halves(self, word: str) -> list[Word] | None:
        """Two known words written as one, the first of them a small one that people run into the next."""
        if not _SHORTEST_CORRECTED - 1 <= len(word) <= _LONGEST_WORD:
            return None
        for cut in range(len(word) - _SHORTEST_REST, 1, -1):
            if word[:cut] in self._phrases.glue and self.sound(word[cut:]) in self._symbols:
                return [self._half(word[:cut]), self._half(word[cut:])]
        return None

    def _file(self, sound: str) -> None:
        # By its first letter and, since that may have been lost, its second: a tenth of the work.
        if len(sound) >= _SHORTEST_CORRECTED:
            for allowed in (1, 2):
                for length in range(len(sound) - allowed, len(sound) + allowed + 1):
                    for letter in {sound[0], sound[1]}:
                        self._near[allowed, length, letter].append(sound)

    def _nearest(self, sound: str) -> str | None:
        if not _SHORTEST_CORRECTED - 1 <= len(sound) <= _LONGEST_WORD:
            return None
        allowed = 2 if len(sound) >= _TWO_MISTAKES else 1
        near = self._near.get((allowed, len(sound), sound[0]), ())
        best = process.extractOne(sound, near, scorer=OSA.distance, score_cutoff=allowed)
        return best[0] if best else None
