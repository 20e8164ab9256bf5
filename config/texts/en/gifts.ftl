# Giving, a treasurer's word that it came, the books, and why a request is or is not covered.
command-gifts = gifts, donations
command-collect = collect, collecting
command-accounts = accounts, books, balance, balances
words-today = today
words-yesterday = yesterday
words-months = january, february, march, april, may, june, july, august, september, october, november, december
words-money = soles, sol
words-operation = operation, op, number, no, reference
words-paid = paid, sent, transferred, deposited, donated
words-later = later, soon, tomorrow
option-today = Today
option-yesterday = Yesterday
error-day = I did not understand the date. Write it like this: 12/5 (day/month)
error-operation = Write only the operation number, no pictures.

gift-what = Thank you for thinking of the network. What will you give?
gift-option-cash = Money
gift-option-goods = Things
gift-amount = How many soles? Write only the number.
    .sms = How much? Write only the number.
gift-paid = Have you sent it already?
gift-option-paid = Already sent
gift-option-later = Not yet
gift-operation = What is the operation number?
gift-day = Which day was it? If earlier, write the date, for example 12/5 (day/month).
gift-wish = What shall we use it for?
gift-wish-free = Where it is needed most
gift-wish-category = One thing in particular
gift-wish-district = A district
gift-wish-which = What for?
gift-category = What will you give?
gift-units = How many units or portions? Write only the number.
gift-use-by = Until which day can it be used? For example 30/6 (day/month).
gift-option-keeps = It keeps
gift-where = For where?
gift-district = In which district?
gift-announced-paid = Thank you with all our heart! Your number is { $receipt }. I will tell you when the treasurer sees it.
gift-announced-pledge = Thank you with all our heart! Your number is { $receipt }. When you send it, write GIVE and the operation number.
    .sms = Thank you! Your number is { $receipt }. When you send it, write GIVE and the operation number.
gift-announced-waiting = Thank you with all our heart! Your number is { $receipt }. Somebody will write to you here to say how to send it. Then write GIVE and the operation number.
    .sms = Thank you! Your number is { $receipt }. Somebody will say here how to send it. Then write GIVE and the operation number.
gift-how = You can send it like this: { $text }
gift-announced-goods = Thank you with all our heart! Your number is { $receipt }. To agree where to leave it, write PERSON. I will tell you when it is noted as received.
    .sms = Thank you! Your number is { $receipt }. To agree where to leave it, write PERSON. I will tell you when it comes.
gift-received-cash = Your gift { $receipt } came: { $amount }. Thank you very much! If that was not the sum, write PERSON.
    .sms = What you sent came ({ $receipt }). Thank you very much!
gift-received-goods = What you sent came ({ $receipt }). Thank you very much!
gift-declined = We did not find what you sent, { $receipt }. The mistake may be ours: check the number and write GIVE again, or PERSON to talk.
    .sms = We did not find what you sent, { $receipt }. The mistake may be ours: check the number and write GIVE again, or PERSON to talk.
gift-given = What you gave ({ $receipt }) has gone out to those who needed it. Thank you.
gift-many = Several of your notices are waiting already. When we have seen them you can give more.

gift-option-came = Yes, it came
gift-option-not = It did not
gift-asked-paid = Notice { $receipt }: { $amount }, operation { $operation } of { $day }. Is it in the account? If another sum came, reply { $code } and the sum.
    .sms = { $receipt }: operation { $operation } of { $day }. Is it there? If another sum came: { $code } and the sum.
    .opener = Something is pending: { $receipt }. Reply { $code }
gift-asked-pledge = Notice { $receipt }: { $amount } offered, no operation number yet. Has it come? If another sum came, reply { $code } and the sum.
    .sms = { $receipt }: something is offered, no operation number. Has it come? Best reply { $code } and the sum.
    .opener = Something is pending: { $receipt }. Reply { $code }
gift-asked-goods = Notice { $receipt }: { $units } of { $category ->
    [food] food
    [cash] money
    [medicine] medicine
    [shelter] a room
    [transport] a fare
   *[other] something else
    }. Has it come? If another quantity came, reply { $code } and the quantity.
    .opener = Something is pending: { $receipt }. Reply { $code }
gift-noted = Noted: { $receipt } came. Thank you.
gift-noted-not = Noted: { $receipt } did not come. We will tell her kindly.
gift-own = What you gave yourself is confirmed by another treasurer.
gift-counted = That operation has been counted already. If { $receipt } is another one, answer that it did not come and we will ask for the right number.
gift-decided = Another treasurer has seen { $receipt } already. Thank you.
gifts-none = Nothing waits to be confirmed.
gifts-waiting = To confirm: { $codes }. Answer a code to see what it is.

collecting-set = Noted. Whoever announces something will read this, and the other treasurers and organisers know that it changed:
    .sms = Noted. The other treasurers and organisers know that it changed. Whoever announces something will read:
collecting-none = I do not know yet where it is sent. Write COLLECT and your text. For example: COLLECT Yape 900 000 123 in the name of the treasurer
collecting-long = That is too long: it must fit in one SMS. Please write it shorter.
collecting-betrays = That is read by SMS and others see it. Write it again without sums, without the name of the network and without saying what we do.
collecting-changed = A treasurer changed the text of COLLECT: where givers send what they give. Write COLLECT to see it and, if you did not talk about it, ask her.

accounts = Accounts. Received: { $come }. Free: { $free }. Set aside: { $reserved }. Given: { $given }. { $right ->
    [yes] Everything adds up.
   *[no] IT DOES NOT ADD UP: tell an organiser.
    }
accounts-fund = Fund for { $category ->
    [food] food
    [cash] money in hand
    [medicine] medicine
    [shelter] a room
    [transport] a fare
   *[other] something else
    }: { $balance } free.
accounts-elsewhere = The accounts are shown on Telegram. Write TELEGRAM and I will send you the link.
ledger-amount = That movement is not possible.
ledger-key = That movement is noted already in another form. Nothing was changed.
ledger-short = That fund does not hold enough. Nothing was changed.
ledger-unknown = That movement does not exist or is a correction itself.

explain-full = { $receipt }: something is set aside for you, { $because ->
    [urgent] because it is for today
    [hardship] because of your situation
    [dependants] because of those who eat with you
   *[waiting] because it was your turn
    }. Somebody has yet to bring it.
explain-partly = { $receipt }: a part is set aside for you, { $because ->
    [urgent] because it is for today
    [hardship] because of your situation
    [dependants] because of those who eat with you
   *[waiting] because it was your turn
    }. We keep looking for the rest.
explain-paying = { $receipt }: it is on its way. A second person is checking it.
explain-others = { $receipt }: what came is set aside for those who asked earlier or more urgently. We keep looking.
explain-none = { $receipt }: nothing that serves for this has come yet. We keep looking.
