"""One turn of talk: who speaks, what she said, and the few things a conversation may do about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aid import conversations, outbox
from aid.conversations import Ask, Conversation
from aid.db import Tx
from aid.errors import AyniError, Refused
from aid.invitations import Invitation
from aid.members import Address, Person
from aid.messages import Incoming, Message, Option, Value
from aid.organisations import Organisation
from aid.outbox import Priority
from bot.dialogue.engine import Asking, Flow, Question, replay
from bot.dialogue.understand import Intent, Understood


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of conversation: its steps (pure), and what happens when it has all its answers.

    `version` grows when the steps change: an older conversation is then asked again from where it differs.
    `asks_numbers`: long numbers typed in its middle are answers, not hand-over codes.
    """

    name: str
    version: int
    steps: Callable[[Mapping[str, Any]], Flow]
    finish: Callable[[Turn, Any], Awaitable[None]]
    asks_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A word of a role: `words` is the key of its spellings, `run` gets the rest of the text."""

    words: str
    roles: frozenset[str]
    run: Callable[[Turn, str], Awaitable[None]]


Starter = Callable[["Turn", Understood], Awaitable[None]]
Answerer = Callable[["Turn", Ask, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Book:
    """All that can be talked about: conversations, what starts them, role commands, answers to asks, guards.

    `closed`: what she hears who answers an ask of a kind too late, where it is not the usual text.
    `first` are looked at before anything else: words to or for another are not her own.
    `early` are looked at before the running conversation (a hand-over code); each says whether it was hers.
    """

    kinds: Mapping[str, Kind]
    intents: Mapping[Intent, Starter]
    commands: Sequence[Command]
    first: Sequence[Callable[[Turn, str], Awaitable[bool]]]
    asks: Mapping[str, Answerer]
    early: Sequence[Callable[[Turn, str], Awaitable[bool]]]
    closed: Mapping[str, str]
    invited: Callable[[Turn, Invitation], Awaitable[None]]


@dataclass(slots=True)
class Turn:
    """What is known while a text is answered. `text`: what is left to read; `behalf`: for whom she speaks."""

    tx: Tx
    book: Book
    organisation: Organisation
    person: Person
    address: Address
    roles: frozenset[str]
    incoming: Incoming
    text: str
    before: Conversation
    cause: str
    language: str
    behalf: str | None = None
    replies: int = 0
    after: Conversation | None = field(default=None)

    @property
    def whose(self) -> str:
        """The woman this is about: herself, or her for whom she speaks."""
        return self.behalf or self.person.id

    async def reply(
        self,
        key: str,
        *,
        options: Sequence[Option] = (),
        question: str = "",
        protect: bool = False,
        open_question: bool = False,
        **values: Value,
    ) -> None:
        """Answer her, where she wrote from, before anything that waits."""
        await self.reply_with(
            Message(key, values, tuple(options), question=question, protect=protect, open=open_question)
        )

    async def tell(self, error: AyniError) -> None:
        """Say what went wrong, in her words."""
        await self.reply_with(Message(error.key, error.values))

    async def reply_with(self, message: Message) -> None:
        """Answer her with a message made elsewhere."""
        self.replies += 1
        await outbox.say(
            self.tx,
            self.organisation.id,
            self.person.id,
            message,
            cause=f"{self.cause}:{self.replies}",
            priority=Priority.REPLY,
            answering=self.address,
        )

    async def begin(self, name: str, offered: Mapping[str, Any], *, answers: Sequence[str] = ()) -> None:
        """Start a conversation, with what is known already as its first answers."""
        kind = self.book.kinds[name]
        fresh = replace(
            self.before,
            organisation=self.organisation.id,
            flow=name,
            flow_version=kind.version,
            behalf=self.behalf,
            offered=dict(offered),
            answers=(),
        )
        await self.go_on(fresh, tuple(answers))

    async def go_on(self, conversation: Conversation, answers: tuple[str, ...]) -> None:
        """Replay a conversation over these answers: ask the next thing, or finish it."""
        kind = self.book.kinds[conversation.flow or ""]
        where = replay(kind.steps(conversation.offered), answers)
        if isinstance(where, Asking):
            self.after = replace(
                conversation,
                flow_version=kind.version,
                answers=where.answers,
                misses=0,
                expires=self.tx.now + conversations.LIFE_MS,
            )
            await self.ask(where.question)
            return
        self.end()
        try:
            async with self.tx.attempt():
                await kind.finish(self, where.result)
        except Refused as refused:
            await self.tell(refused)

    async def ask(self, question: Question) -> None:
        """Put a question of the running conversation; its buttons know which turn they belong to."""
        await self.reply_with(replace(question.message, question=f"c{self.before.version + 1}"))

    def end(self) -> None:
        """The conversation is over."""
        self.after = replace(self.before, flow=None, behalf=None, offered={}, answers=(), misses=0, expires=0)
