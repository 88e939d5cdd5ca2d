import pino, { type Logger } from 'pino'
import type { Config } from '../config.ts'

/**
 * Logs JSON lines, or readable lines on a terminal. Callers pass no texts, names, accounts or secrets. An error of a library may contain
 * some, so it is cut to its name, code and place.
 */
export const logger = (level: Config['logLevel']): Logger =>
  pino({
    level,
    base: null,
    serializers: { err: bareError },
    ...(process.stdout.isTTY
      ? { transport: { target: 'pino-pretty', options: { translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' } } }
      : {}),
  })

function bareError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
  const cause = error.cause instanceof Error ? { cause: bareError(error.cause) } : {}
  return { type: error.name, ...code, at: at.map((line) => line.trim()), ...cause }
}
