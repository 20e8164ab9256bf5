# Did it arrive?
command-arrived = arrived
arrival-asked = Did your request { $receipt } arrive? Your answer does not change what you may ask for later.
    .sms = Did { $receipt } arrive? Answer { $code } YES or { $code } NO
    .opener = There is a notice for you. Answer { $code }
arrival-yes = Good. Thank you for telling us.
arrival-no = We are sorry. { $receipt } is back in its place in the line and an organiser will look into it.
arrival-how = Write ARRIVED, the number of the request, and YES or NO. For example: ARRIVED K7P4XM YES
arrival-kept = Noted for { $receipt }. Thank you for asking her.
arrival-another = Another organiser must ask that, because you are near to her or it went through your hands.
