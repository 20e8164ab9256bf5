# The six digits that close a delivery.
command-code = codigo, kodigo, clave
handover-told = { $alias } ya tomó tu pedido { $receipt }. Se encuentran en { claim-place }, hasta { claim-until }. Tu código es { $code }: díselo solo cuando lo tengas en la mano.
    .sms = { $receipt }: { $alias } te espera en { claim-place }, hasta { claim-until }. Tu código: { $code }. Dilo solo al recibir
    .opener = Hay un aviso para ti. Responde { $notice }
handover-told-carer = Para { $receipt } ya va una compañera. Una organizadora le dirá a ella misma dónde, hasta cuándo y su código.
handover-thanks = Gracias: tu pedido { $receipt } quedó entregado. Si no fue así, escribe PERSONA.
    .opener = Gracias, { $receipt } ya quedó cerrado. Si no fue así, escribe PERSONA
handover-done = Listo, { $receipt } quedó entregado. Mil gracias, compañera.
handover-wrong = Ese código no es. { $left ->
    [one] Te queda 1 intento.
   *[other] Te quedan { $left } intentos.
    } Pídele que te lo repita.
handover-wrong-several = Ese código no es. { $left ->
    [one] Te queda 1 intento.
   *[other] Te quedan { $left } intentos.
    } Escribe el número del pedido y el código, por ejemplo: K7P4XM 123456
handover-spent = Ese código ya no vale porque falló 5 veces. Que ella escriba CODIGO y le llega uno nuevo.
handover-late = Ese código ya no vale: se pasó la hora y el pedido volvió a su lugar. Si ya lo diste, escribe PERSONA.
code-none = Ahora nadie está en camino. Escribe ESTADO para saber cómo va.
code-by-mouth = Su código se lo dirá a ella misma una organizadora. Ya le avisamos.
code-another-organiser = Ese código lo tiene que dar otra organizadora, porque tú la conoces de cerca o llevas su pedido.
code-pass-on = Dile solo a { $asker }: { $alias } la espera por { $receipt } en { claim-place }, hasta { claim-until }. Su código: { $code }
    .sms = Solo para { $asker }, { $receipt }: { $alias }, { claim-place }, hasta { claim-until }. Código { $code }
code-dead = El código de { $receipt } ya no vale porque alguien lo escribió mal 5 veces. Escribe CODIGO y te doy otro.
    .opener = Tu código de { $receipt } ya no vale. Escribe CODIGO y te doy otro
