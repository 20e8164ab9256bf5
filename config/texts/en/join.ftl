# Joining: consent, alias, district, three facts.
join-consent-keep = Hello and welcome. To coordinate with you we keep: a nickname, your district and whatever you choose to tell. All of it is encrypted. We never ask for photos or papers. Shall we go on?
    .sms = Hello and welcome. We keep, encrypted: a nickname, your district and what you choose to tell. Never photos or papers. Go on?
join-consent-leave = You leave whenever you like: STOP ends the messages and ERASE deletes your data. Getting support never depends on attending or on paying anything. Do you agree?
    .sms = You leave whenever you like: STOP ends messages, ERASE deletes your data. Nothing depends on attending or paying. Do you agree?
join-declined = That is fine, we keep nothing about you. If you change your mind, write your code again.
join-alias = Choose your nickname. It is all that the others will see.
join-city = Which city are you in?
join-district = Which district?
join-year = What year were you born? If you would rather not say, reply NO.
join-out-of-work = Are you out of work now?
join-dependants = How many people eat with you at home? If you would rather not say, reply NO.
join-done = Done, { $alias }. { $role ->
    [volunteer] We will tell you when somebody in your district needs a hand.
    [donor] Write GIVE when you want to give.
    [treasurer] Write MENU to see what you can do.
    [organiser] Write MENU to see what you can do.
   *[member] When you need something write HELP. MENU shows everything.
    }
join-role = Done. You now also take part as { $role ->
    [member] a member
    [volunteer] a volunteer
    [donor] a donor
    [treasurer] a treasurer
    [auditor] an auditor
   *[organiser] an organiser
    }. Write MENU to see what you can do.
join-alias-taken = Somebody has just taken that nickname. Write your code again and choose another.
join-known = You are part of it already. Write MENU to see what you can do.
join-minor = Thank you for writing. This is only for adults. Somebody you can trust will call you to see how to support you.
join-ward-cover = By which word shall we speak of her? A discreet one, for example: geranium 1
join-ward-consent = Ask { $cover }: does she agree that we keep, encrypted, a nickname, her district and whatever she chooses to tell, and that you speak for her?
    .sms = Ask her: does she agree that we keep, encrypted, a nickname, her district and what she tells, and that you speak for her?
join-ward-done = Done. To speak for her, first write { $cover }. For example: { $cover } help
ward-cover-taken = You use { $cover } for somebody else already. Choose another word.
error-cover = That word means something already, or is too long. Choose a discreet one, with a number if you like: geranium 1
words-no-cover = want, would, have, need, thanks, thank, where, when, what, because, this, that, with, there, here, they, everything, nothing, something, somebody, good, please, live
invite-unknown = That link does not exist or was copied wrongly. Please ask for another.
invite-spent = That code was used already or is over. Please ask for another.
invite-word-taken = That word is in use. Choose another.
address-known = This account belongs to somebody already.
address-added = Done, I write to you here too from now on.
address-link = Open this link in your Telegram within an hour: t.me/{ $bot }?start={ $payload }
    .sms = Open in your Telegram within an hour: t.me/{ $bot }?start={ $payload }
address-no-bot = We have no Telegram for now. We go on here.
command-enrol = enrol, enroll, register
command-telegram = telegram
