import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from 'vitest'

/** Whether the command can be run on this machine. */
export function has(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** A group of tests that needs a tool: skipped where it is missing, but never under `CI=true`, where it fails. */
export function describeWith(tool: string, name: string, body: () => void): void {
  if (has(tool) || process.env['CI'] === 'true') describe(name, body)
  else describe.skip(`${name} (needs ${tool})`, body)
}
