# Taking a request, giving it back.
words-give-back = no puedo, ya no puedo, no podre, no voy a poder, no puedo ir, devolver, devuelvo
claim-until = { $day ->
    [today] hoy
    [tomorrow] mañana
   *[other] el { $day }
    } a las { $hour }
claim-place = { $place ->
    [none] un lugar que te dirá una organizadora
   *[other] { $place }
    }
claim-yours = Gracias, es tuyo: { $receipt }. { $alias }, { $district }: { $category ->
    [food] comida
    [cash] dinero
    [medicine] medicinas
    [shelter] cuarto
    [transport] pasaje
   *[other] otra cosa
    }{ $band ->
    [band-small] , menos de S/ 50
    [band-medium] , de S/ 50 a S/ 150
    [band-large] , más de S/ 150
   *[people] {""}
    }{ $people ->
    [0] {""}
    [one] {" "}para 1 persona
   *[other] {" "}para { $people } personas
    }. { $urgency ->
    [0] Es para hoy.
    [1] Es para esta semana.
   *[other] Puede esperar unos días.
    }
    .sms = Gracias, es tuyo: { $receipt }. { $alias }, { $district }: { $category ->
    [food] comida
    [cash] dinero
    [medicine] medicinas
    [shelter] cuarto
    [transport] pasaje
   *[other] otra cosa
    }{ $people ->
    [0] {""}
    [one] {" "}para 1 persona
   *[other] {" "}para { $people } personas
    }
claim-where = Se encuentran en { claim-place }. Tienes hasta { claim-until }. Cuando se lo des, ella te dirá 6 números: escríbelos aquí. Si no puedes ir, escribe NO PUEDO y otra compañera lo toma. No hacen falta fotos.
    .sms = Lugar: { claim-place }, hasta { claim-until }. Al darlo, escribe aquí los 6 números que te diga. Si no: NO PUEDO
claim-declined = Está bien, no pasa nada. Gracias por responder.
offer-closed = Ese aviso ya se cerró: otra compañera fue más rápida o ya no hace falta. Gracias por estar.
claim-lost = Otra compañera fue más rápida y ya lo tomó. Gracias por estar.
claim-own = Ese aviso te toca de cerca: lo tomará otra compañera.
claim-most = Ya tienes { $most } en tus manos. Entrega o devuelve uno antes de tomar otro.
claim-paying = Ese ya se está atendiendo de otra forma. Gracias por estar.
claim-back-which = ¿Cuál devuelves?
claim-back-option = { $text }
claim-back-why = Lo devuelvo por ti. ¿Qué pasó? Si prefieres no decir, responde NO.
claim-back-done = Listo, ya avisamos a otras compañeras. Gracias por decirlo a tiempo.
claim-back-nothing = No tienes nada por devolver.
claim-returned = La compañera que iba no pudo. Tu pedido { $receipt } sigue en su lugar y ya avisamos a otras. El código anterior ya no vale.
    .sms = La compañera que iba no pudo. { $receipt } sigue en su lugar y ya avisamos a otras. El código anterior ya no vale.
claim-remind = Recuerda { $receipt }: se encuentran en { claim-place }, hasta { claim-until }. Si no puedes, escribe NO PUEDO.
    .sms = Recuerda { $receipt }: { claim-place }, hasta { claim-until }. Si no puedes, escribe NO PUEDO
    .opener = Recuerda { $receipt }: tienes hasta { claim-until }. Si no puedes, responde NO PUEDO
claim-over = Se pasó la hora de { $receipt } y volvió a la lista. No pasa nada: gracias por estar.
    .opener = Se pasó la hora de { $receipt } y ya lo verá otra compañera. Gracias igual.
claim-withdrawn = { $receipt } ya no hace falta: ella lo retiró. Gracias por estar.
    .opener = { $receipt } ya no hace falta. Gracias por estar.
