import { accessSync } from 'node:fs'
import Database from 'libsql'

/** Runs in a process of its own and makes a consistent copy of the store beside the program, without delaying it. Arguments: from, to. */
const [from = '', to = ''] = process.argv.slice(2)
accessSync(from)
const db = new Database(from)
db.prepare('VACUUM INTO ?').run(to)
db.close()
