# Danger and complaint: what she hears, and what those hear who are called.
danger-heard = I hear you. Somebody is calling you now.
danger-nobody = I hear you. I am looking for somebody to call you. If you can, go where there are people and keep the phone on.
words-protect = they force me, he forces me, they make me work, i am forced, by force, against my will, i am a minor, under age, underage, trafficking, they lock us in, they do not let us leave, they do not let me leave, i am 9 years old, i am 10 years old, i am 11 years old, i am 12 years old, i am 13 years old, i am 14 years old, i am 15 years old, i am 16 years old, i am 17 years old
words-going = i go, i am going, going, on my way, i call her, i will call her
alarm-new = Urgent: { $kind ->
    [protect] somebody must be protected
   *[danger] somebody is in danger
    }{ $district ->
    [none] {""}
   *[other] {" "}({ $district })
    }. Who will call her now? Reply GOING { $code }
    .sms = Urgent{ $district ->
    [none] {""}
   *[other] {" "}in { $district }
    }. { $kind ->
    [protect] Somebody needs us.
   *[danger] Somebody needs us now.
    } Reply GOING { $code }
    .opener = Urgent. Reply GOING { $code }
option-going = I am going
option-cannot-go = I cannot
alarm-yours = Thank you for going. She is { $alias ->
    [none] somebody we do not know yet
   *[other] { $alias }
    }. { $number ->
    [none] We have no number for her: write to her now with ANSWER { $receipt } and your text.
   *[other] Call her now: { $number }. You can also write to her with ANSWER { $receipt } and your text.
    }{ $words ->
    [none] {""}
   *[other] {" "}She says: { $words }
    }
    .sms = { $number ->
    [none] Write to her now: ANSWER { $receipt } and your text.
   *[other] Call { $number } now.
    } She is { $alias ->
    [none] somebody new.
   *[other] { $alias }.
    }
alarm-more = { $alias ->
    [none] She wrote again
   *[other] { $alias } wrote again
    }: { $words }. { $number ->
    [none] {""}
   *[other] Her telephone: { $number }
    }
    .sms = { $alias ->
    [none] She wrote again.
   *[other] { $alias } wrote again.
    } Call her once more, now.
    .opener = Urgent. Call her once more, now.
alarm-going = { $alias } is going. Thank you for being there.
    .opener = { $alias } is going. Thank you for being there.
alarm-taken = { $alias } is going already. Thank you for answering.
alarm-declined = Thank you for saying so. I am calling somebody else.
words-complaint = complaint, complaints
complaint-words = Tell me what happened, in one message. Two people read it who are no part of the case. Your place in the line does not change.
    .sms = Tell me what happened, in one message. Two people read it who are no part of the case. Your place does not change.
complaint-heard = { $readers ->
    [0] I have it and it is kept ({ $receipt }). Nobody outside the case can read it today; as soon as there is one, she will.
    [one] I have it ({ $receipt }). One person reads it who is no part of the case. Your place in the line does not change.
   *[other] I have it ({ $receipt }). Two people read it who are no part of the case. Your place in the line does not change.
    }
rule-nobody-on-duty = Nobody is on duty: in danger all organisers are called. An organiser can write DUTY.
rule-two-protect = If a girl or a forced woman writes, two people must know: an organiser, or somebody on duty, is missing.
rule-two-complaint = Two people who are no part of it read a complaint: it takes three among organisers, treasurers, auditors and those on duty.
rule-two-payout = A payment takes two people: a treasurer, and another treasurer or an organiser.
