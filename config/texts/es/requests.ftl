# Asking for aid, knowing where it stands, taking it back.
category-food = Comida
category-cash = Dinero
category-medicine = Medicinas
category-shelter = Cuarto
category-transport = Pasaje
category-other = Otra cosa
urgency-today = Hoy
urgency-week = Esta semana
urgency-normal = Puede esperar
request-what = ¿Qué necesitas?
request-amount = ¿Cuántos soles necesitas?
    .sms = ¿Cuánto necesitas? Escribe solo el número.
request-people = ¿Para cuántas personas?
request-urgency = ¿Para cuándo?
request-detail = ¿Algo más que debamos saber? Si no, responde NO.
request-opened = Recibido. Tu número es { $receipt }. { $urgency ->
    [0] Ya avisamos a las compañeras de tu zona. Te escribo apenas haya noticia.
   *[other] Te escribo apenas haya noticia.
    } Escribe ESTADO cuando quieras saber.
request-one-open = Ya tienes un pedido abierto de eso. Escribe ESTADO para ver cómo va, o CANCELAR para retirarlo.
request-not-member = Primero tienes que ser parte. Si te dieron un código, escríbelo aquí.
request-protected = Ya avisamos a una persona de confianza. Te va a llamar y verá contigo lo que necesitas.
request-closed = El pedido { $receipt } ya está cerrado.
status-none = No tienes pedidos abiertos. Si necesitas algo, escribe AYUDA.
status-claimed = { $receipt }: una compañera ya lo tomó. Para ver otra vez el lugar, la hora y tu código escribe CODIGO.
status-delivered = { $receipt }: figura como entregado. Pronto te preguntaré si llegó.
cancel-which = ¿Cuál retiras?
cancel-option = { $text } { $category ->
    [food] comida
    [cash] dinero
    [medicine] medicinas
    [shelter] cuarto
    [transport] pasaje
   *[other] otra cosa
    }
cancel-done = Listo, retiramos el pedido { $receipt }. Si lo necesitas otra vez, escribe AYUDA.
cancel-nothing = Listo. No tienes pedidos abiertos.
cancel-dropped = Listo, lo dejamos. No cambié nada más.
offer-new = { $alias }, { $district }: { $category ->
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
    }. { $urgency ->
    [0] Es para hoy.
    [1] Es para esta semana.
   *[other] Puede esperar unos días.
    } ¿La tomas? Responde { $code }
    .sms = { $alias }, { $district }. { $urgency ->
    [0] Es para hoy.
    [1] Es para esta semana.
   *[other] Puede esperar.
    } Para tomarlo responde { $code }
    .opener = Hay un aviso en tu zona. Responde { $code }
option-claim = La tomo
option-not-now = Ahora no
