# What the `ayni` command prints.
command-running = Ayni está en marcha. Salud y avisos: { $url }
command-rehearsal = Ensayo listo. Abre { $url } en tu navegador. Para terminar: Ctrl+C
command-migrated = La base de datos y las llaves están al día.
command-database = La base de datos no responde ({ $fault }). Revisa AYNI_DATABASE_URL.
command-invite = Invitación ({ $role }), un solo uso, 7 días. Código: { $code }  Enlace: { $link }
doctor-key-beside = La llave está junto a los datos: protege copias de seguridad, no un disco robado. Ponla en otro disco.
doctor-redis = { $set ->
    [True] Límites compartidos.
   *[False] Sin Redis: límites en memoria, bien para un solo proceso.
    }
doctor-no-line = No hay bot ni línea de SMS: ayni run abre el ensayo.
doctor-bot-silent = El bot no responde: revisa el token y la red.
doctor-no-role = Nadie tiene el papel { $role }. Usa: ayni invite { $role }
error-misconfigured = Esta instalación está mal configurada.
error-sealed = Un dato sellado no se puede abrir: la llave no es la de esta base de datos.
error-key-file = El archivo de llaves no es el de esta base de datos.
error-key-file-open = El archivo de llaves { $path } lo pueden leer otros. Corrige: chmod 600
error-key-file-unreadable = El archivo de llaves { $path } falta o está dañado.
error-locked = Ya hay un ayni run con los datos de { $path }.
error-only-postgresql = --only necesita PostgreSQL (AYNI_DATABASE_URL).
error-part-ended = Una parte del programa terminó; hay que arrancarlo de nuevo.
