# Paying a request with two people.
command-pay = pagar, paga, pago
payout-operation = Pedido { $receipt }: { $alias }, { $district }, { $amount }. Cuando lo hayas pagado, escribe el número de operación.
    .sms = { $receipt }: { $alias }, { $district }. El monto está en Telegram. Cuando esté hecho, escribe el número de operación.
payout-number = { $number ->
    [none] No tengo un número suyo: pídelo a una organizadora.
   *[other] Su número, solo para este pago: { $number }. No lo guardes ni lo compartas.
    }
    .sms = Su número no va por aquí: pídelo a una organizadora.
payout-waits = Anotado. Ahora falta el sí de otra compañera para { $receipt }.
payout-asked = Pedido { $receipt }: { $alias }, { $district }, { $amount }. Otra tesorera dice que ya lo pagó, operación { $operation }. ¿Está bien?
    .sms = { $receipt }: { $alias }, { $district }. Figura como hecho, operación { $operation }. ¿Está bien?
    .opener = Hay un pendiente { $receipt }. Responde { $code }
payout-noted = Anotado. Gracias por revisar.
payout-noted-not = Anotado: no está bien. Les aviso a las organizadoras.
payout-approved = { $receipt }: otra compañera dijo que sí. Queda hecho.
payout-refused = { $receipt }: otra compañera dijo que no está bien. No se anotó nada. Conversen, por favor.
payout-expired = { $receipt }: en tres días nadie dio el segundo sí, así que no se anotó nada. Antes de pagarlo otra vez, conversen, por favor.
    .sms = { $receipt }: en tres días nadie dio el segundo sí y no se anotó nada. Antes de hacerlo otra vez, conversen, por favor.
payout-done = { $receipt }: figura como pagado. Pronto te preguntaremos si llegó.
    .sms = { $receipt }: figura como entregado. Pronto te preguntaremos si llegó.
payouts-due = Por pagar: { $receipts }. Escribe PAGAR y el número de uno.
payouts-none = No hay nada por pagar.
payout-unknown = No hay un pedido abierto { $receipt } que se pague así.
payout-too-near = En { $receipt } no puedes decidir tú, porque estás cerca del caso. Lo hace otra compañera.
payout-claimed = Una voluntaria ya tomó { $receipt }. Si lo devuelve, podrás pagarlo.
payout-begun = El pago de { $receipt } ya está en marcha. Falta el sí de otra compañera.
    .sms = { $receipt } ya está en marcha. Falta el sí de otra compañera.
payout-nothing = Todavía no hay nada apartado para { $receipt }.
payout-alone = No hay otra tesorera u organizadora que pueda dar el segundo sí para { $receipt }.
payout-changed = Lo apartado para { $receipt } cambió. Escribe PAGAR otra vez para ver cuánto es.
    .sms = Lo apartado para { $receipt } cambió. Escribe PAGAR otra vez.
payout-decided = Otra compañera ya respondió por { $receipt }. Gracias.
