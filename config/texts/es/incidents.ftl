# Danger and complaint: what she hears, and what those hear who are called.
danger-heard = Te leo. Ahora te llama alguien.
danger-nobody = Te leo. Estoy buscando quién te llame. Si puedes, ve adonde haya gente y no apagues el teléfono.
words-protect = me obligan, me obliga, nos obligan, nos obliga, obligada, a la fuerza, por la fuerza, contra mi voluntad, soy menor, menor de edad, menores de edad, trata de personas, nos tienen encerradas, no nos dejan salir, no me dejan salir, tengo 9 años, tengo 10 años, tengo 11 años, tengo 12 años, tengo 13 años, tengo 14 años, tengo 15 años, tengo 16 años, tengo 17 años, tengo once años, tengo doce años, tengo trece años, tengo catorce años, tengo quince años, tengo dieciseis años, tengo diecisiete años
words-going = voy, ya voy, yo voy, voy yo, voy ya, voy para alla, estoy yendo, llamo yo, yo la llamo, la llamo, ya la llamo
alarm-new = Urgente: { $kind ->
    [protect] hay que proteger a alguien
   *[danger] alguien está en peligro
    }{ $district ->
    [none] {""}
   *[other] {" "}({ $district })
    }. ¿Quién la llama ya? Responde VOY { $code }
    .sms = Urgente{ $district ->
    [none] {""}
   *[other] {" "}en { $district }
    }. { $kind ->
    [protect] Alguien nos necesita.
   *[danger] Alguien nos necesita ya.
    } Responde VOY { $code }
    .opener = Urgente. Responde VOY { $code }
option-going = Voy
option-cannot-go = No puedo
alarm-yours = Gracias por ir. Es { $alias ->
    [none] alguien que todavía no conocemos
   *[other] { $alias }
    }. { $number ->
    [none] No tenemos su teléfono: escríbele ya con RESPONDER { $receipt } y tu texto.
   *[other] Llámala ya: { $number }. También le puedes escribir con RESPONDER { $receipt } y tu texto.
    }{ $words ->
    [none] {""}
   *[other] {" "}Dice: { $words }
    }
    .sms = { $number ->
    [none] Escríbele ya: RESPONDER { $receipt } y tu texto.
   *[other] Llama ya a { $number }.
    } Es { $alias ->
    [none] alguien nueva.
   *[other] { $alias }.
    }
alarm-more = { $alias ->
    [none] Volvió a escribir
   *[other] { $alias } volvió a escribir
    }: { $words }. { $number ->
    [none] {""}
   *[other] Su teléfono: { $number }
    }
    .sms = { $alias ->
    [none] Volvió a escribir.
   *[other] { $alias } volvió a escribir.
    } Llámala otra vez, ya.
    .opener = Urgente. Vuelve a llamarla, ya.
alarm-going = Ya va { $alias }. Gracias por estar atenta.
    .opener = Ya va { $alias }. Gracias por estar atenta.
alarm-taken = Ya va { $alias }. Gracias por responder.
alarm-declined = Gracias por avisar. Llamo a otra.
words-complaint = queja, quejas, kejas, keja, reclamo, reclamos
complaint-words = Cuéntame qué pasó, en un solo mensaje. Lo leen dos personas que no son parte del caso. Tu lugar en la lista no cambia.
    .sms = Cuéntame qué pasó, en un mensaje. Lo leen dos personas que no son parte del caso. Tu lugar no cambia.
complaint-heard = { $readers ->
    [0] La recibí y quedó guardada ({ $receipt }). Hoy no hay nadie fuera del caso que pueda leerla; apenas haya, la lee.
    [one] La recibí ({ $receipt }). La lee una persona que no es parte del caso. Tu lugar en la lista no cambia.
   *[other] La recibí ({ $receipt }). La leen dos personas que no son parte del caso. Tu lugar en la lista no cambia.
    }
rule-nobody-on-duty = Nadie está de guardia: ante un peligro se llama a todas las organizadoras. Una organizadora puede escribir GUARDIA.
rule-two-protect = Si escribe una menor o una mujer forzada, deben saberlo dos personas: falta una organizadora o alguien de guardia.
rule-two-complaint = Una queja la leen dos personas que no son parte: hacen falta tres entre organizadoras, tesoreras, auditoras y guardia.
rule-two-payout = Un pago necesita dos personas: una tesorera y otra tesorera u organizadora.
