import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from 'vitest'

/** Where the command lies, or undefined where this machine does not have it. */
export function pathOf(command: string): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, command))
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Whether the command can be run on this machine. */
export const has = (command: string): boolean => pathOf(command) !== undefined

/** A group of tests that needs a tool: skipped where it is missing, but never under `CI=true`, where it fails. */
export function describeWith(tool: string, name: string, body: () => void): void {
  if (has(tool) || process.env['CI'] === 'true') describe(name, body)
  else describe.skip(`${name} (needs ${tool})`, body)
}
