# Asking for aid, knowing where it stands, taking it back.
category-food = Food
category-cash = Money
category-medicine = Medicine
category-shelter = A room
category-transport = A fare
category-other = Something else
urgency-today = Today
urgency-week = This week
urgency-normal = It can wait
request-what = What do you need?
request-amount = How many soles do you need?
    .sms = How much do you need? Write just the number.
request-people = For how many people?
request-urgency = By when?
request-detail = Anything else we should know? If not, reply NO.
request-opened = Received. Your number is { $receipt }. { $urgency ->
    [0] We have told those near you. I write as soon as there is news.
   *[other] I write as soon as there is news.
    } Write STATUS whenever you want to know.
request-one-open = You have an open request for that already. Write STATUS to see how it is going, or CANCEL to take it back.
request-not-member = First you have to be part of it. If you were given a code, write it here.
request-protected = Somebody we trust has been told. She will call you and see with you what you need.
request-closed = Request { $receipt } is closed already.
status-none = You have no open requests. If you need something, write HELP.
status-claimed = { $receipt }: somebody has taken it. To see the place, the hour and your code again, write CODIGO.
status-delivered = { $receipt }: it is noted as handed over. Soon I will ask you whether it came.
cancel-which = Which one do you take back?
cancel-option = { $text } { $category ->
    [food] food
    [cash] money
    [medicine] medicine
    [shelter] a room
    [transport] a fare
   *[other] something else
    }
cancel-done = Done, request { $receipt } is taken back. If you need it again, write HELP.
cancel-nothing = Done. You have no open requests.
cancel-dropped = All right, we leave it there. Nothing else was changed.
offer-new = { $alias }, { $district }: { $category ->
    [food] food
    [cash] money
    [medicine] medicine
    [shelter] a room
    [transport] a fare
   *[other] something else
    }{ $band ->
    [band-small] , under S/ 50
    [band-medium] , S/ 50 to S/ 150
    [band-large] , over S/ 150
   *[people] {""}
    }. { $urgency ->
    [0] It is for today.
    [1] It is for this week.
   *[other] It can wait a few days.
    } Will you take it? Reply { $code }
    .sms = { $alias }, { $district }. { $urgency ->
    [0] It is for today.
    [1] It is for this week.
   *[other] It can wait.
    } To take it reply { $code }
    .opener = There is a notice in your area. Reply { $code }
option-claim = I take it
option-not-now = Not now
