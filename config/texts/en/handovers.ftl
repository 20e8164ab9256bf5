# The six digits that close a delivery.
command-code = code, codigo, kodigo
handover-told = { $alias } has taken your request { $receipt }. You meet at { claim-place }, until { claim-until }. Your code is { $code }: say it only when you hold it in your hand.
    .sms = { $receipt }: { $alias } waits for you at { claim-place }, until { claim-until }. Your code: { $code }. Say it only on receipt
    .opener = There is a notice for you. Answer { $notice }
handover-told-carer = For { $receipt } a companion is on her way. An organiser will tell her herself where, until when and her code.
handover-thanks = Thank you: your request { $receipt } is delivered. If it is not so, write PERSON.
    .opener = Thank you, { $receipt } is closed. If it is not so, write PERSON
handover-done = Done, { $receipt } is delivered. A thousand thanks, companion.
handover-wrong = That is not the code. { $left ->
    [one] You have 1 try left.
   *[other] You have { $left } tries left.
    } Ask her to repeat it.
handover-wrong-several = That is not the code. { $left ->
    [one] You have 1 try left.
   *[other] You have { $left } tries left.
    } Type the number of the request and the code, for example: K7P4XM 123456
handover-spent = That code is dead because it failed 5 times. Let her write CODE and she gets a new one.
handover-late = That code is dead: the time has passed and the request is back in its place. If you have handed it over, write PERSON.
code-none = Nobody is on her way now. Write STATUS to know how it goes.
code-by-mouth = An organiser will tell her the code herself. She has been told.
code-another-organiser = Another organiser must pass that code on, because you are near to her or carry her request.
code-pass-on = Tell only { $asker }: { $alias } waits for her with { $receipt } at { claim-place }, until { claim-until }. Her code: { $code }
    .sms = Only for { $asker }, { $receipt }: { $alias }, { claim-place }, until { claim-until }. Code { $code }
code-dead = The code of { $receipt } is dead because somebody typed it wrong 5 times. Write CODE and I give you another.
    .opener = Your code of { $receipt } is dead. Write CODE and I give you another
