# Did it arrive?
command-arrived = llego, llegó
arrival-asked = ¿Te llegó lo de tu pedido { $receipt }? Tu respuesta no cambia lo que puedas pedir después.
    .sms = ¿Te llegó lo de { $receipt }? Responde { $code } SI o { $code } NO
    .opener = Hay un aviso para ti. Responde { $code }
arrival-yes = Qué bueno. Gracias por contarnos.
arrival-no = Lo sentimos. { $receipt } vuelve a su lugar en la lista y una organizadora va a ver qué pasó.
arrival-how = Escribe LLEGO, el número del pedido y SI o NO. Por ejemplo: LLEGO K7P4XM SI
arrival-kept = Anotado para { $receipt }. Gracias por preguntarle.
arrival-another = Eso tiene que preguntarlo otra organizadora, porque tú la conoces de cerca o pasó por tus manos.
