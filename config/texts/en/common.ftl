# What every conversation shares.
plain = { $text }
option-yes = Yes
option-no = No
option-pass = I would rather not say
words-pass = pass, nothing, nothing else, none, that is all, no thanks, i would rather not say
word-help = help
word-menu = menu
contact-known = Thank you. I know you already.

opener = There is a notice for you. Reply { $code }

not-understood = I did not quite understand. Write HELP if you need something, STATUS to hear of your request, or MENU.
button-old = That button belongs to an earlier message.
ask-closed = Notice { $code } is closed. Thank you for answering.
ask-several = Several notices are open to you: { $codes }. Reply with the code of the one you mean.
human-coming = I am passing your message on to one of us. She will answer you here.
stranger = Hello. This number is for people who were invited. If you were given a code, write it here. To get no more messages, write STOP.

media-picture = Thank you, but we neither open nor keep pictures or files here. Tell me in words, please.
media-voice = I cannot hear voice notes. One of us will call you. If you prefer, write a few words.
media-voice-stranger = I cannot hear voice notes. Write me a few words, please.

error-ours = Something failed on our side. Nothing is lost: try again in a while.
error-refused = That cannot be done now.
error-not-understood = I did not understand.
error-not-allowed = Somebody else in the network does that.
error-choice = I did not understand which one. Reply with the number.
error-number = Write just one number, from { $least } to { $most }.
error-amount = Write the amount in soles, in digits only. For example 50.
    .sms = Write the amount in digits only. For example 50.
error-words = Write it in words, please.
error-phone = That does not look like a mobile number.
