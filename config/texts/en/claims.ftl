# Taking a request, giving it back.
words-give-back = i can't, i cant, i cannot, can't, cant, cannot, give back, giving back
claim-until = { $day ->
    [today] today
    [tomorrow] tomorrow
   *[other] { $day }
    } at { $hour }
claim-place = { $place ->
    [none] a place that an organiser will tell you
   *[other] { $place }
    }
claim-yours = Thank you, it is yours: { $receipt }. { $alias }, { $district }: { $category ->
    [food] food
    [cash] cash
    [medicine] medicine
    [shelter] a room
    [transport] a fare
   *[other] something else
    }{ $band ->
    [band-small] , under S/ 50
    [band-medium] , S/ 50 to S/ 150
    [band-large] , over S/ 150
   *[people] {""}
    }{ $people ->
    [0] {""}
    [one] {" "}for 1 person
   *[other] {" "}for { $people } people
    }. { $urgency ->
    [0] It is for today.
    [1] It is for this week.
   *[other] It can wait a few days.
    }
    .sms = Thank you, it is yours: { $receipt }. { $alias }, { $district }: { $category ->
    [food] food
    [cash] cash
    [medicine] medicine
    [shelter] a room
    [transport] a fare
   *[other] something else
    }{ $people ->
    [0] {""}
    [one] {" "}for 1 person
   *[other] {" "}for { $people } people
    }
claim-where = You meet at { claim-place }. You have until { claim-until }. When you hand it over she tells you 6 digits: type them here. If you cannot go, write I CAN'T and somebody else takes it. No photographs needed.
    .sms = Place: { claim-place }, until { claim-until }. When you hand it over, type here the 6 digits she tells you. If not: I CAN'T
claim-declined = That is fine. Thank you for answering.
offer-closed = That notice is closed: somebody else took it, or it is not needed any more. Thank you for being there.
claim-lost = Somebody else was faster and has taken it. Thank you for being there.
claim-own = That one is too close to you: somebody else will take it.
claim-most = You have { $most } in hand already. Deliver or give back one before you take another.
claim-paying = That one is being taken care of another way. Thank you for being there.
claim-back-which = Which one are you giving back?
claim-back-option = { $text }
claim-back-why = I am giving it back for you. What happened? If you would rather not say, answer NO.
claim-back-done = Done, others have been told. Thank you for saying so in time.
claim-back-nothing = You have nothing to give back.
claim-returned = The woman who was coming could not. Your request { $receipt } is still in its place and others have been told. The earlier code no longer works.
    .sms = The woman who was coming could not. { $receipt } keeps its place and others were told. The earlier code no longer works.
claim-remind = Remember { $receipt }: you meet at { claim-place }, until { claim-until }. If you cannot, write I CAN'T.
    .sms = Remember { $receipt }: { claim-place }, until { claim-until }. If you cannot, write I CAN'T
    .opener = Remember { $receipt }: you have until { claim-until }. If you cannot, answer I CAN'T
claim-over = The time for { $receipt } has passed and it is back in the line. That is fine: thank you for being there.
    .opener = The time for { $receipt } has passed and somebody else will see to it. Thank you all the same.
claim-withdrawn = { $receipt } is no longer needed: she took it back. Thank you for being there.
    .opener = { $receipt } is no longer needed. Thank you for being there.
