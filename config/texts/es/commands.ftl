# What the `ayni` command prints.
command-running = Ayni está en marcha. Salud y avisos: { $url }
command-rehearsal = Ensayo listo. Abre { $url } en tu navegador. Para terminar: Ctrl+C
command-migrated = La base de datos y las llaves están al día.
command-database = La base de datos no responde ({ $fault }). Revisa AYNI_DATABASE_URL.
command-invite = Invitación ({ $role }), un solo uso, 7 días. Código: { $code }  Enlace: { $link }
command-key-made = Se hizo una llave nueva: { $path }. Guarda una copia en otro lugar: sin ella no se puede leer nada.
command-fault = Algo falló dentro del programa ({ $fault }). No se perdió nada de lo guardado.
doctor-key-beside = La llave está junto a los datos: protege copias de seguridad, no un disco robado. Ponla en otro disco.
doctor-redis = { $set ->
    [True] Límites compartidos.
   *[False] Sin Redis: límites en memoria, bien para un solo proceso.
    }
doctor-no-line = No hay bot ni línea de SMS: ayni run abre el ensayo.
doctor-bot-silent = El bot no responde: revisa el token y la red.
doctor-no-role = Nadie tiene el papel { $role }. Usa: ayni invite { $role }
doctor-database-away = No responde: revisa la dirección y que el servidor esté encendido.
doctor-redis-away = Redis no responde: cada proceso usa sus propios límites.
doctor-sms-door = { $provider }; cuando alguien escribe, llama a { $url }
doctor-sms-silent = No responde como debe ({ $reason }): revisa la dirección y las claves.
doctor-no-public-url = Sin dirección pública: las líneas de SMS deben poder llamar a { $url }.
error-misconfigured = Esta instalación está mal configurada.
error-sealed = Un dato sellado no se puede abrir: la llave no es la de esta base de datos.
error-key-file = El archivo de llaves no es el de esta base de datos.
error-key-file-open = El archivo de llaves { $path } lo pueden leer otros. Corrige: chmod 600
error-key-file-unreadable = El archivo de llaves { $path } está dañado o no se puede leer.
error-locked = Ya hay un ayni run con los datos de { $path }.
error-only-postgresql = --only necesita PostgreSQL (AYNI_DATABASE_URL).
error-part-ended = Una parte del programa terminó; hay que arrancarlo de nuevo.
error-setting = { $setting }: no hay tal ajuste.
error-line = La línea { $line } tiene mal o le falta { $setting }.
error-folder = No se puede escribir en la carpeta { $path }.
error-port = No se puede abrir el puerto { $port } en { $host }: está ocupado o no lo podemos usar (AYNI_HTTP_HOST, AYNI_HTTP_PORT).
error-key-file-missing = Falta el archivo de llaves { $path }, y la base de datos ya tiene datos sellados: cópialo de tu respaldo (AYNI_KEY_FILE).
error-schema-ahead = La base de datos es de una versión más nueva del programa.
error-only-line = --only necesita un bot o una línea de SMS.
