# Joining: consent, alias, district, three facts.
join-consent-keep = Hola, bienvenida. Para coordinar contigo guardamos: un apodo, tu distrito y lo que tú quieras contar. Todo va cifrado. Nunca pedimos fotos ni documentos. ¿Seguimos?
    .sms = Hola, bienvenida. Guardamos cifrado: un apodo, tu distrito y lo que quieras contar. Nunca fotos ni documentos. ¿Seguimos?
join-consent-leave = Te vas cuando quieras: BAJA corta los mensajes y BORRAR elimina tus datos. Recibir apoyo nunca depende de asistir ni de pagar nada. ¿Aceptas?
    .sms = Te vas cuando quieras: BAJA corta los mensajes, BORRAR elimina tus datos. Nada depende de asistir ni de pagar. ¿Aceptas?
join-declined = Está bien, no guardamos nada de ti. Si cambias de idea, escribe tu código otra vez.
join-alias = Elige tu apodo. Es lo único que verán las demás.
join-city = ¿En qué ciudad estás?
join-district = ¿En qué distrito?
join-year = ¿En qué año naciste? Si prefieres no decir, responde NO.
join-out-of-work = ¿Ahora estás sin trabajo?
join-dependants = ¿Cuántas personas comen contigo en casa? Si prefieres no decir, responde NO.
join-done = Listo, { $alias }. { $role ->
    [volunteer] Te avisaremos cuando alguien de tu distrito necesite una mano.
    [donor] Escribe DONAR cuando quieras dar.
    [treasurer] Escribe MENU para ver lo que puedes hacer.
    [organiser] Escribe MENU para ver lo que puedes hacer.
   *[member] Cuando necesites algo escribe AYUDA. Con MENU ves todo.
    }
join-role = Listo. Ahora también participas como { $role ->
    [member] integrante
    [volunteer] voluntaria
    [donor] donante
    [treasurer] tesorera
    [auditor] auditora
   *[organiser] organizadora
    }. Escribe MENU para ver lo que puedes hacer.
join-alias-taken = Ese apodo lo acaba de tomar otra compañera. Escribe tu código otra vez y elige otro.
join-known = Ya eres parte. Escribe MENU para ver lo que puedes hacer.
join-minor = Gracias por escribir. Esto es solo para mayores de edad. Una persona de confianza te va a llamar para ver cómo apoyarte.
join-ward-cover = ¿Con qué palabra hablaremos de ella? Una palabra discreta, por ejemplo: geranio 1
join-ward-consent = Pregúntale a { $cover }: ¿acepta que guardemos cifrado un apodo, su distrito y lo que quiera contar, y que tú hables por ella?
    .sms = Pregúntale a ella: ¿acepta que guardemos cifrado un apodo, su distrito y lo que cuente, y que hables por ella?
join-ward-done = Listo. Para hablar por ella escribe primero { $cover }. Por ejemplo: { $cover } ayuda
ward-cover-taken = Ya usas { $cover } para otra persona. Elige otra palabra.
error-cover = Esa palabra ya significa otra cosa o es muy larga. Elige una discreta, con un número si quieres: geranio 1
words-no-cover = estoy, soy, somos, quiero, quisiera, tengo, tenemos, puedo, podria, gracias, donde, cuando, como, cuanto, porque, pero, esta, este, ella, todo, toda, nada, algo, alguien, buenos, buenas, ahora, hace, falta, para, vivo
invite-unknown = Ese enlace no existe o está mal copiado. Pide otro, por favor.
invite-spent = Ese código ya se usó o venció. Pide otro, por favor.
invite-word-taken = Esa palabra ya está en uso. Elige otra.
address-known = Esta cuenta ya está registrada con otra persona.
address-added = Listo, ahora también te escribo por aquí.
address-link = Abre este enlace en tu Telegram dentro de una hora: t.me/{ $bot }?start={ $payload }
    .sms = Abre en tu Telegram antes de una hora: t.me/{ $bot }?start={ $payload }
address-no-bot = Por ahora no tenemos Telegram. Seguimos por aquí.
command-enrol = inscribir, inscribe, registrar
command-telegram = telegram, telegran
