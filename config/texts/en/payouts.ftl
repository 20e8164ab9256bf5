# Paying a request with two people.
command-pay = pay
payout-operation = Request { $receipt }: { $alias }, { $district }, { $amount }. When you have paid it, write the operation number.
    .sms = { $receipt }: { $alias }, { $district }. The sum is on Telegram. When it is done, write the operation number.
payout-number = { $number ->
    [none] I have no number of hers: ask an organiser for it.
   *[other] Her number, only for this payment: { $number }. Do not keep it or pass it on.
    }
    .sms = Her number is not said here: ask an organiser for it.
payout-waits = Noted. Now somebody else must say yes to { $receipt }.
payout-asked = Request { $receipt }: { $alias }, { $district }, { $amount }. Another treasurer says she has paid it, operation { $operation }. Is that right?
    .sms = { $receipt }: { $alias }, { $district }. Noted as done, operation { $operation }. Is that right?
    .opener = Something is pending: { $receipt }. Reply { $code }
payout-noted = Noted. Thank you for checking.
payout-noted-not = Noted: it is not right. I will tell the organisers.
payout-approved = { $receipt }: somebody else said yes. It is done.
payout-refused = { $receipt }: somebody else said it is not right. Nothing was noted. Please talk to each other.
payout-expired = { $receipt }: nobody gave the second yes in three days, so nothing was noted. Before you pay it again, please talk to each other.
    .sms = { $receipt }: nobody gave the second yes in three days and nothing was noted. Before doing it again, please talk to each other.
payout-done = { $receipt }: it is noted as paid. Soon we will ask you whether it came.
    .sms = { $receipt }: it is noted as delivered. Soon we will ask you whether it came.
payouts-due = To pay: { $receipts }. Write PAY and the number of one.
payouts-none = Nothing waits to be paid.
payout-unknown = There is no open request { $receipt } that is paid this way.
payout-too-near = You cannot decide on { $receipt }, because you are close to the case. Somebody else will.
payout-claimed = A volunteer has taken { $receipt } already. If she gives it back, you can pay it.
payout-begun = The payment of { $receipt } is under way. Somebody else must say yes.
    .sms = { $receipt } is under way. Somebody else must say yes.
payout-nothing = Nothing is set aside for { $receipt } yet.
payout-alone = There is no other treasurer or organiser who could give the second yes for { $receipt }.
payout-changed = What is set aside for { $receipt } has changed. Write PAY again to see how much it is.
    .sms = What is set aside for { $receipt } has changed. Write PAY again.
payout-decided = Somebody else has answered for { $receipt } already. Thank you.
