# The organisers' words and their list.
command-invite-one = invitar, invita, invitacion
command-room = sala
command-pending = pendientes, pendiente
command-respond = responder, responde, respondo
command-done = listo, lista, hecho, resuelto
command-point = punto
command-duty = guardia
command-for = por
words-courtesy = favor, fa, fis, que, eso, supuesto
words-role-member = integrante, miembro, compañera, socia
words-role-volunteer = voluntaria, voluntario
words-role-donor = donante
words-role-treasurer = tesorera, tesorero
words-role-organiser = organizadora, organizador
words-role-auditor = auditora, auditor

invite-made = Invitación de un solo uso, 7 días ({ $role ->
    [volunteer] voluntaria
    [donor] donante
    [treasurer] tesorera
    [organiser] organizadora
    [auditor] auditora
   *[member] integrante
    }). Por SMS que escriba { $code }{ $link ->
    [none] .
   *[other] {" "}o abra { $link }
    }
    .sms = Para una sola persona, 7 días ({ $role ->
    [volunteer] voluntaria
    [donor] donante
    [treasurer] tesorera
    [organiser] organizadora
    [auditor] auditora
   *[member] integrante
    }): que escriba { $code }{ $link ->
    [none] .
   *[other] {" "}o abra { $link }
    }
invite-how = ¿A quién invitas? Escribe INVITAR y: integrante, voluntaria, donante, tesorera, organizadora o auditora.
room-made = Por 3 horas, quien escriba { $word } puede entrar. Díselo solo a las que están contigo.
room-how = Escribe SALA y una sola palabra de 5 a 20 letras que no diga nada más, por ejemplo SALA GIRASOL.

inbox-kind = { $kind ->
    [misunderstood] un mensaje que no entendí
    [human] alguien pide hablar con una persona
    [call-back] alguien mandó un audio: hay que llamarla
    [danger] alguien pidió que la llamen ya
    [protect] alguien que hay que proteger
    [unknown] un envío que no sé si llegó
    [opted-out] alguien cortó los SMS con su operador
    [undelivered] un mensaje que no llegó
    [complaint] una queja
    [tell-code] hay que decirle su código a alguien
    [not-arrived] alguien dice que no le llegó
    [gift] alguien quiere dar y hay que escribirle
    [payout] un pago que no tuvo el segundo sí
    [ward-alone] se quedó sin quien hable por ella
    [no-point] falta el punto de encuentro de un distrito
    [ask-arrival] hay que preguntarle si le llegó
    [nobody-near] un pedido sin voluntarias en su distrito
   *[other] un pendiente
    }
pending-none = No hay nada pendiente. Gracias.
pending-item = { $receipt }: { inbox-kind }. { $alias ->
    [none] {""}
   *[other] De { $alias }.
    }{ $words ->
    [none] {""}
   *[other] {" "}Dice: { $words }
    }
    .sms = { $receipt }: { inbox-kind }. { $alias ->
    [none] {""}
   *[other] De { $alias }.
    }
pending-more = Y { $count } más. Cuando cierres estos, escribe PENDIENTES otra vez.
pending-done = { $receipt }: cerrado. Gracias.
respond-done = { $receipt }: enviado. Ella lo lee por aquí, sin ver tu número.
respond-unreachable = { $receipt }: no tengo cómo escribirle. Hay que buscarla de otra manera.
respond-how = Escribe RESPONDER, el número del pendiente y tu texto; o LISTO y el número.
inbox-unknown = No hay un pendiente { $receipt } para ti.
words-betray = Eso se lee por SMS y otras personas lo ven. Escríbelo otra vez sin montos, sin el nombre de la red y sin decir a qué nos dedicamos.

point-city = ¿En qué ciudad?
point-district = ¿En qué distrito?
point-place = ¿Qué lugar? Uno público, nunca una casa: la puerta de un mercado, una parroquia.
point-set = Listo, quedó el punto de encuentro de { $district }.
duty-on = Estás de guardia: si alguien está en peligro te aviso a cualquier hora. Para salir escribe GUARDIA otra vez.
duty-off = Ya no estás de guardia. Gracias. { $left ->
    [0] Ahora no queda nadie de guardia.
   *[other] {""}
    }

acting-unknown = No conozco ese apodo. Escribe POR, su apodo completo y lo que pide.
acting-cannot = Eso tiene que hacerlo ella. Por ella puedes pedir, ver, cancelar, quejarte o cortar los mensajes.
acting-done = Listo, quedó hecho por ella.
