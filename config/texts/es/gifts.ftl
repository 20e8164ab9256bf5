# Giving, a treasurer's word that it came, the books, and why a request is or is not covered.
command-gifts = donaciones, donacion
command-collect = cobro, cobros, cobrar
command-accounts = cuentas, cuenta, saldo, saldos
words-today = hoy
words-yesterday = ayer
words-months = enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre setiembre, octubre, noviembre, diciembre
words-money = soles, sol, solcitos, luca, lucas
words-operation = operacion, operación, op, nro, numero, número, codigo
words-paid = yapee, yapeé, pague, pagué, pagado, deposite, deposité, depositado, transferi, transferí, done, doné, envie, envié, mande, mandé, plinee
words-later = despues, luego, todavia, aun, mañana, pronto
option-today = Hoy
option-yesterday = Ayer
error-day = No entendí la fecha. Escríbela así: 12/5
error-operation = Escribe solo el número de operación, sin fotos.

gift-what = Gracias por pensar en la red. ¿Qué vas a dar?
gift-option-cash = Dinero
gift-option-goods = Cosas
gift-amount = ¿Cuántos soles? Escribe solo el número.
    .sms = ¿Cuánto? Escribe solo el número.
gift-paid = ¿Ya lo enviaste?
gift-option-paid = Ya lo envié
gift-option-later = Todavía no
gift-operation = ¿Cuál es el número de operación?
gift-day = ¿Qué día fue? Si fue antes, escribe la fecha, por ejemplo 12/5.
gift-wish = ¿Para qué lo usamos?
gift-wish-free = Donde más falte
gift-wish-category = Algo en especial
gift-wish-district = Un distrito
gift-wish-which = ¿Para qué?
gift-category = ¿Qué vas a dar?
gift-units = ¿Cuántas unidades o raciones? Escribe solo el número.
gift-use-by = ¿Hasta qué día se puede usar? Por ejemplo 30/6.
gift-option-keeps = No vence
gift-where = ¿Para dónde?
gift-district = ¿En qué distrito?
gift-announced-paid = ¡Gracias de corazón! Tu número es { $receipt }. Te aviso cuando la tesorera vea que llegó.
gift-announced-pledge = ¡Gracias de corazón! Tu número es { $receipt }. Cuando lo envíes, escribe DONAR y el número de operación.
    .sms = Gracias! Tu número es { $receipt }. Cuando lo envíes, escribe DONAR y el número de operación.
gift-announced-waiting = ¡Gracias de corazón! Tu número es { $receipt }. Una compañera te escribirá por aquí para decirte cómo enviarlo. Después escribe DONAR y el número de operación.
    .sms = Gracias! Tu número es { $receipt }. Una compañera te dirá por aquí cómo enviarlo. Después escribe DONAR y el número de operación.
gift-how = Puedes enviarlo así: { $text }
gift-announced-goods = ¡Gracias de corazón! Tu número es { $receipt }. Para acordar dónde lo dejas, escribe PERSONA. Te aviso cuando figure como recibido.
    .sms = Gracias! Tu número es { $receipt }. Para acordar dónde lo dejas, escribe PERSONA. Te aviso cuando llegue.
gift-received-cash = Llegó tu donación { $receipt }: { $amount }. ¡Muchas gracias! Si ese no era el monto, escribe PERSONA.
    .sms = Llegó lo tuyo ({ $receipt }). Muchas gracias!
gift-received-goods = Llegó lo tuyo ({ $receipt }). ¡Muchas gracias!
gift-declined = No encontramos tu envío { $receipt }. Puede ser un error nuestro: revisa el número y escribe DONAR otra vez, o PERSONA para hablar.
    .sms = No encontramos tu envío { $receipt }. Puede ser error nuestro: revisa el número y escribe DONAR otra vez, o PERSONA para hablar.
gift-given = Lo que diste ({ $receipt }) ya salió hacia quienes lo necesitaban. Gracias.
gift-many = Ya tienes varios avisos esperando. Cuando los veamos podrás dar más.

gift-option-came = Sí, llegó
gift-option-not = No llegó
gift-asked-paid = Aviso { $receipt }: { $amount }, operación { $operation } del { $day }. ¿Figura en la cuenta? Si llegó otro monto, responde { $code } y el monto.
    .sms = { $receipt }: operación { $operation } del { $day }. ¿Figura? Si es otro monto: { $code } y el monto.
    .opener = Hay un pendiente { $receipt }. Responde { $code }
gift-asked-pledge = Aviso { $receipt }: ofrecen { $amount }, todavía sin número de operación. ¿Ya llegó? Si llegó otro monto, responde { $code } y el monto.
    .sms = { $receipt }: ofrecen algo, sin número de operación. ¿Ya llegó? Mejor responde { $code } y el monto.
    .opener = Hay un pendiente { $receipt }. Responde { $code }
gift-asked-goods = Aviso { $receipt }: { $units } de { $category ->
    [food] comida
    [cash] dinero
    [medicine] medicinas
    [shelter] cuarto
    [transport] pasaje
   *[other] otra cosa
    }. ¿Llegó? Si llegó otra cantidad, responde { $code } y la cantidad.
    .opener = Hay un pendiente { $receipt }. Responde { $code }
gift-noted = Anotado: { $receipt } llegó. Gracias.
gift-noted-not = Anotado: { $receipt } no llegó. Le avisamos con cariño.
gift-own = Lo que diste tú lo confirma otra tesorera.
gift-counted = Esa operación ya se contó. Si { $receipt } es otro envío, responde que no llegó y pediremos bien el número.
gift-decided = Otra tesorera ya vio { $receipt }. Gracias.
gifts-none = No hay nada por confirmar.
gifts-waiting = Por confirmar: { $codes }. Responde un código para ver de qué se trata.

collecting-set = Anotado. A quien anuncie un envío le diré esto, y las otras tesoreras y organizadoras saben que cambió:
    .sms = Anotado. Las otras tesoreras y organizadoras saben que cambió. A quien anuncie un envío le diré:
collecting-none = Todavía no sé a dónde se envía. Escribe COBRO y tu texto. Por ejemplo: COBRO Yape 900 000 123 a nombre de la tesorera
collecting-long = Es muy largo: tiene que caber en un SMS. Escríbelo más corto, por favor.
collecting-betrays = Eso se lee por SMS y otras personas lo ven. Escríbelo otra vez sin montos, sin el nombre de la red y sin decir a qué nos dedicamos.
collecting-changed = Una tesorera cambió el texto de COBRO: a dónde envían quienes dan. Escribe COBRO para verlo y, si no lo conversaron, pregúntale.

accounts = Cuentas. Recibido: { $come }. Libre: { $free }. Apartado: { $reserved }. Entregado: { $given }. { $right ->
    [yes] Todo cuadra.
   *[no] NO CUADRA: avisa a una organizadora.
    }
accounts-fund = Fondo para { $category ->
    [food] comida
    [cash] dinero en mano
    [medicine] medicinas
    [shelter] cuarto
    [transport] pasaje
   *[other] otra cosa
    }: { $balance } libres.
accounts-elsewhere = Las cuentas se ven por Telegram. Escribe TELEGRAM y te mando el enlace.
ledger-amount = Ese movimiento no es posible.
ledger-key = Ese movimiento ya está anotado de otra forma. No se cambió nada.
ledger-short = No alcanza lo que hay en ese fondo. No se cambió nada.
ledger-unknown = Ese movimiento no existe o ya es una corrección.

explain-full = { $receipt }: ya hay algo apartado para ti, { $because ->
    [urgent] porque es para hoy
    [hardship] por tu situación
    [dependants] por quienes comen contigo
   *[waiting] porque llegó tu turno
    }. Falta que alguien te lo lleve.
explain-partly = { $receipt }: ya hay una parte apartada para ti, { $because ->
    [urgent] porque es para hoy
    [hardship] por tu situación
    [dependants] por quienes comen contigo
   *[waiting] porque llegó tu turno
    }. Seguimos buscando el resto.
explain-paying = { $receipt }: ya está en camino. Una segunda compañera lo está revisando.
explain-others = { $receipt }: lo que llegó está apartado para quienes pidieron antes o con más urgencia. Seguimos buscando.
explain-none = { $receipt }: todavía no llega algo que sirva para esto. Seguimos buscando.
