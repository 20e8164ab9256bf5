# The six digits that close a delivery.
command-code = code, codigo, kodigo
handover-told = { $alias } has taken your request { $receipt }. You meet at { claim-place }, until { claim-until }. Your code is { $code }: give it only once you have it in your hand.
    .sms = { $receipt }: { $alias } waits for you at { claim-place }, until { claim-until }. Your code: { $code }. Give it only on receipt
    .opener = There is a notice for you. Reply { $notice }
handover-told-carer = For { $receipt } somebody is on her way. An organiser will tell her in person where, until when, and her code.
handover-thanks = Thank you: your request { $receipt } is delivered. If that is not right, write PERSON.
    .opener = Thank you, { $receipt } is closed. If that is not right, write PERSON
handover-done = Done, { $receipt } is delivered. A thousand thanks.
handover-wrong = That is not the code. { $left ->
    [one] You have 1 try left.
   *[other] You have { $left } tries left.
    } Ask her to repeat it.
handover-wrong-several = That is not the code. { $left ->
    [one] You have 1 try left.
   *[other] You have { $left } tries left.
    } Type the number of the request and the code, for example: K7P4XM 123456
handover-spent = That code no longer works because it failed 5 times. Ask her to write CODE and she gets a new one.
handover-late = That code no longer works: the time has passed and the request is back in its place. If you have handed it over, write PERSON.
code-none = Nobody is on her way now. Write STATUS to see how it is going.
code-by-mouth = An organiser will tell her the code in person. We have let the organiser know.
code-another-organiser = Another organiser has to pass that code on, because you are close to her or carry her request.
code-pass-on = Tell only { $asker }: { $alias } is waiting for her about { $receipt } at { claim-place }, until { claim-until }. Her code: { $code }
    .sms = Only for { $asker }, { $receipt }: { $alias }, { claim-place }, until { claim-until }. Code { $code }
code-dead = The code of { $receipt } no longer works because somebody typed it wrong 5 times. Write CODE and I will give you another.
    .opener = Your code of { $receipt } no longer works. Write CODE and I will give you another
