# What the `ayni` command prints.
command-running = Ayni is running. Health and webhooks: { $url }
command-rehearsal = The rehearsal is ready. Open { $url } in your browser. To end it: Ctrl+C
command-migrated = The database and the keys are up to date.
command-database = The database does not answer ({ $fault }). Look at AYNI_DATABASE_URL.
command-invite = Invitation ({ $role }), for one person, 7 days. Code: { $code }  Link: { $link }
command-key-made = A new key was made: { $path }. Keep a copy elsewhere: without it nothing can be read.
command-fault = Something failed inside the program ({ $fault }). Nothing that was kept is lost.
doctor-key-beside = The key lies beside the data: that protects backups, not a stolen disk. Put it on another disk.
doctor-redis = { $set ->
    [True] Limits are shared.
   *[False] No Redis: limits are kept in memory, which is fine for one process.
    }
doctor-no-line = There is no bot and no SMS line: ayni run opens the rehearsal.
doctor-bot-silent = The bot does not answer: look at the token and the network.
doctor-no-role = Nobody holds the role { $role }. Use: ayni invite { $role }
doctor-database-away = It does not answer: look at the address, and whether the server is up.
doctor-redis-away = Redis does not answer: each process keeps limits of its own.
doctor-sms-door = { $provider }; when somebody writes, it calls { $url }
doctor-sms-silent = It does not answer as it should ({ $reason }): look at the address and the passwords.
doctor-no-public-url = No public address: SMS lines must be able to call { $url }.
error-misconfigured = This installation is set up wrongly.
error-sealed = Something sealed cannot be opened: the key is not the one of this database.
error-key-file = The key file is not the one of this database.
error-key-file-open = Others can read the key file { $path }. Mend it with: chmod 600
error-key-file-unreadable = The key file { $path } is damaged or cannot be read.
error-locked = An ayni run already works on the data of { $path }.
error-only-postgresql = --only needs PostgreSQL (AYNI_DATABASE_URL).
error-part-ended = A part of the program ended; it has to be started again.
error-setting = { $setting }: there is no such setting.
error-line = The line { $line } lacks { $setting }, or it is wrong.
error-folder = The folder { $path } cannot be written to.
error-port = Port { $port } on { $host } cannot be opened: it is taken or not ours to open (AYNI_HTTP_HOST, AYNI_HTTP_PORT).
error-key-file-missing = The key file { $path } is missing, and the database holds sealed data: copy it from your backup (AYNI_KEY_FILE).
error-schema-ahead = The database was written by a newer version of the program.
error-only-line = --only needs a bot or an SMS line.
