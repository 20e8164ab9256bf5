# Did it arrive?
command-arrived = arrived
arrival-asked = Did your request { $receipt } arrive? Your answer does not change what you may ask for later.
    .sms = Did { $receipt } arrive? Reply { $code } YES or { $code } NO
    .opener = There is a notice for you. Reply { $code }
arrival-yes = Good. Thank you for telling us.
arrival-no = We are sorry. { $receipt } is back in its place in the line, and an organiser will find out what happened.
arrival-how = Write ARRIVED, the number of the request, and YES or NO. For example: ARRIVED K7P4XM YES
arrival-kept = Noted for { $receipt }. Thank you for asking her.
arrival-another = Another organiser has to ask that, because you are close to her or it went through your hands.
