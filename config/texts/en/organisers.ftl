# The organisers' words and their list.
command-invite-one = invite
command-room = room
command-pending = pending
command-respond = answer, respond
command-done = done
command-point = point
command-duty = duty
command-for = for
words-courtesy = now, me, my, the, a, that
words-role-member = member
words-role-volunteer = volunteer
words-role-donor = donor
words-role-treasurer = treasurer
words-role-organiser = organiser, organizer
words-role-auditor = auditor

invite-made = Invitation for one person, 7 days ({ $role ->
    [volunteer] volunteer
    [donor] donor
    [treasurer] treasurer
    [organiser] organiser
    [auditor] auditor
   *[member] member
    }). By SMS she writes { $code }{ $link ->
    [none] .
   *[other] {" "}or opens { $link }
    }
    .sms = For one person, 7 days ({ $role ->
    [volunteer] volunteer
    [donor] donor
    [treasurer] treasurer
    [organiser] organiser
    [auditor] auditor
   *[member] member
    }): she writes { $code }{ $link ->
    [none] .
   *[other] {" "}or opens { $link }
    }
invite-how = Whom do you invite? Write INVITE and: member, volunteer, donor, treasurer, organiser or auditor.
room-made = For 3 hours, whoever writes { $word } can come in. Tell it only to those who are with you.
room-how = Write ROOM and a single word of 5 to 20 letters that says nothing else, for example ROOM SUNFLOWER.

inbox-kind = { $kind ->
    [misunderstood] a message I did not understand
    [human] somebody wants to talk to a person
    [call-back] somebody sent a voice note: call her
    [danger] somebody asked to be called now
    [protect] somebody who must be protected
    [unknown] a message that I do not know to have arrived
    [opted-out] somebody stopped SMS with her operator
    [undelivered] a message that did not arrive
    [complaint] a complaint
    [tell-code] somebody must be told her code
    [not-arrived] somebody says that it did not come
    [gift] somebody wants to give and must be written to
    [payout] a payment that did not get the second yes
    [ward-alone] nobody speaks for her any more
    [no-point] a district has no meeting point
    [ask-arrival] somebody must be asked whether it arrived
    [nobody-near] a request without volunteers in its district
   *[other] something pending
    }
pending-none = Nothing is pending. Thank you.
pending-item = { $receipt }: { inbox-kind }. { $alias ->
    [none] {""}
   *[other] From { $alias }.
    }{ $words ->
    [none] {""}
   *[other] {" "}She says: { $words }
    }
    .sms = { $receipt }: { inbox-kind }. { $alias ->
    [none] {""}
   *[other] From { $alias }.
    }
pending-more = And { $count } more. When these are closed, write PENDING again.
pending-done = { $receipt }: closed. Thank you.
respond-done = { $receipt }: sent. She reads it here and does not see your number.
respond-unreachable = { $receipt }: I have no way to write to her. She must be found otherwise.
respond-how = Write ANSWER, the number of what is pending and your text; or DONE and the number.
inbox-unknown = Nothing pending { $receipt } is yours.
words-betray = That is read by SMS and others see it. Write it again without sums, without the name of the network and without saying what we do.

point-city = Which city?
point-district = Which district?
point-place = What place? A public one, never a home: the gate of a market, a parish.
point-set = Done, the meeting point of { $district } is set.
duty-on = You are on duty: if somebody is in danger I tell you at any hour. To leave write DUTY again.
duty-off = You are off duty. Thank you. { $left ->
    [0] Nobody is on duty now.
   *[other] {""}
    }

acting-unknown = I do not know that nickname. Write FOR, her whole nickname and what she wants.
acting-cannot = She has to do that herself. For her you can ask, look, cancel, complain or end the messages.
acting-done = Done, for her.
