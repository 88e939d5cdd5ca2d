import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from 'vitest'

/** The path of a command, or undefined if this machine does not have it. */
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

/** A group of tests that needs a tool. It is skipped if the tool is missing, but fails under `CI=true`. */
export function describeWith(tool: string, name: string, body: () => void): void {
  if (has(tool) || process.env['CI'] === 'true') describe(name, body)
  else describe.skip(`${name} (needs ${tool})`, body)
}
