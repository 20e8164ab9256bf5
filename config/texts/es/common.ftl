# What every conversation shares.
plain = { $text }
option-yes = Sí
option-no = No
option-pass = Prefiero no decir
words-pass = paso, nada, nada mas, ninguno, ninguna, eso es todo, no gracias, prefiero no decir
word-help = ayuda
word-menu = menu
contact-known = Gracias. Ya te tengo registrada.

opener = Hay un aviso para ti. Responde { $code }

not-understood = No te entendí bien. Escribe AYUDA si necesitas algo, ESTADO para saber de tu pedido, o MENU.
button-old = Ese botón es de un mensaje anterior.
ask-closed = El aviso { $code } ya se cerró. Gracias por responder.
ask-several = Tienes varios avisos abiertos: { $codes }. Responde con el código del que quieres.
human-coming = Le paso tu mensaje a una compañera. Te va a responder por aquí.
stranger = Hola. Este número es para personas invitadas. Si te dieron un código, escríbelo aquí. Si quieres dejar de recibir mensajes, escribe BAJA.

media-picture = Gracias, pero aquí no guardamos ni abrimos fotos ni archivos. Cuéntame con palabras, por favor.
media-voice = No puedo oír audios. Una compañera te va a llamar. Si prefieres, escribe con pocas palabras.
media-voice-stranger = No puedo oír audios. Escríbeme con pocas palabras, por favor.

error-ours = Algo falló de nuestro lado. No se perdió nada: prueba otra vez en un rato.
error-refused = Eso no se puede hacer ahora.
error-not-understood = No te entendí.
error-not-allowed = Eso lo hace otra compañera de la red.
error-choice = No entendí cuál. Responde con el número.
error-number = Escribe solo un número, de { $least } a { $most }.
error-amount = Escribe el monto en soles, solo con números. Por ejemplo 50.
    .sms = Escribe el monto solo con números. Por ejemplo 50.
error-words = Escríbelo con palabras, por favor.
error-phone = Ese número no parece un celular.
