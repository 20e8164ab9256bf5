# Her own affairs.
menu = AYUDA: pedir algo. ESTADO: cómo va. CANCELAR: retirar. CODIGO: código nuevo. BAJA: no más mensajes. BORRAR: eliminar mis datos. PERSONA: hablar con alguien.
    .sms = AYUDA pedir. ESTADO ver. CANCELAR retirar. CODIGO nuevo. PERSONA hablar. BAJA no más mensajes. BORRAR mis datos.
menu-volunteer = Voluntaria: responde el código de un aviso para tomarlo. NO PUEDO para devolverlo. Los 6 números del código para cerrar la entrega.
    .sms = Voluntaria: el código de un aviso lo toma. NO PUEDO lo devuelve. Los 6 números cierran la entrega.
menu-donor = Donante: escribe DONAR para avisar de lo que das.
menu-treasurer = Tesorera: DONACIONES por confirmar. PAGAR y el número del pedido. COBRO: a dónde envían. CUENTAS.
menu-organiser = Organizadora: INVITAR, SALA palabra, PENDIENTES, RESPONDER número texto, LISTO número, POR apodo, INSCRIBIR, PUNTO, GUARDIA.
menu-auditor = Auditora: CUENTAS.
stop-done = Listo, no te escribiré más. Si tú escribes, te respondo. Para volver escribe ALTA.
start-done = Bienvenida otra vez. Vuelves a recibir mensajes.
start-erase-undone = Bienvenida otra vez. Tus datos no se borran y vuelves a recibir mensajes.
erase-asked = Ya no te escribiré. En 72 horas se borra todo lo tuyo. Si no fuiste tú, escribe ALTA antes.
inbox-new = Hay algo nuevo en la lista: { inbox-kind } ({ $receipt }). Escribe PENDIENTES.
    .sms = Hay algo nuevo en tu lista ({ $receipt }). Escribe PENDIENTES.
    .opener = Hay un pendiente { $receipt }. Responde PENDIENTES
inbox-answer = { $text }
inbox-settled = Otra compañera ya lo resolvió. Gracias.
