import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../web/parts.ts'

const Package = z.looseObject({ version: z.string() })

/** The version of this program, from package.json. */
export const { version } = Package.parse(
  JSON.parse(readFileSync(join(packageRoot(import.meta.dirname), 'package.json'), 'utf8')),
)
