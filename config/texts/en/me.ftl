# Her own affairs.
menu = HELP: ask for something. STATUS: how it is going. CANCEL: take it back. CODE: a new code. STOP: no more messages. ERASE: delete my data. PERSON: talk to somebody.
    .sms = HELP to ask. STATUS to see. CANCEL to take back. CODE for a new one. PERSON to talk. STOP: no more messages. ERASE my data.
menu-volunteer = Volunteer: reply with the code of a notice to take it. I CANNOT gives it back. The 6 digits of the code close the delivery.
    .sms = Volunteer: the code of a notice takes it. I CANNOT gives it back. The 6 digits close the delivery.
menu-donor = Donor: write GIVE to tell what you give.
menu-treasurer = Treasurer: DONATIONS to confirm. PAY and the number of the request. COLLECT: where it is sent. ACCOUNTS.
menu-organiser = Organiser: INVITE, ROOM word, PENDING, ANSWER number text, DONE number, FOR alias, ENROL, POINT, DUTY.
menu-auditor = Auditor: ACCOUNTS.
stop-done = Done, I will not write to you any more. If you write, I answer. To come back write START.
start-done = Welcome back. You get messages again.
start-erase-undone = Welcome back. Your data is not deleted and you get messages again.
erase-asked = I will not write to you any more. In 72 hours all of yours is deleted. If it was not you, write START before then.
inbox-new = There is something new on the list: { inbox-kind } ({ $receipt }). Write PENDING.
    .sms = There is something new on your list ({ $receipt }). Write PENDING.
    .opener = Something is pending: { $receipt }. Reply PENDING
inbox-answer = { $text }
inbox-settled = Somebody else has settled it. Thank you.
