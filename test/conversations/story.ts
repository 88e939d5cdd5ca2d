import { it } from 'vitest'
import type { Driver } from './driver.ts'
import { aibotSocket, aibotUrl } from './drivers/aibot.ts'
import { dingtalk, dingtalkForms } from './drivers/dingtalk.ts'
import { wecom } from './drivers/wecom.ts'
import { Tale } from './tale.ts'
import { merged } from './transcript.ts'

/** Every way to reach the bot. */
export const drivers: readonly Driver[] = [wecom, aibotUrl, aibotSocket, dingtalk, dingtalkForms]

/** The time for one story in milliseconds, on a busy machine. */
const patience = 180_000

/** A working day of April, before anything is pushed. */
const monday = '2022-04-18T09:00:00+08:00'

/**
 * `watch` are the people whose screens are written down in steps that everybody hears. `later` are the people who are not in the roster at
 * the beginning.
 */
export type StoryOptions = { at?: string; on?: readonly Driver[]; watch?: readonly string[]; later?: readonly string[] }

/**
 * A story that each channel tells by itself. All leave the same records, and the screens make the transcript of this name. A channel that
 * cannot go one way takes another, and the transcript names it.
 */
export function story(title: string, tell: (tale: Tale) => Promise<void>, options: StoryOptions = {}): void {
  const { at = monday, on = drivers, watch, later } = options
  it(
    title,
    async ({ expect }) => {
      const told = await Promise.all(
        on.map(async (driver) => {
          const tale = await Tale.begin([driver], at, { ...(watch && { watch }), ...(later && { later }) })
          try {
            await tell(tale)
          } catch (error) {
            await tale.close()
            throw new Error(
              `${driver.name}: ${String(error)}\n${tale.steps
                .slice(-2)
                .map(({ head, lines }) => [head, ...lines].join('\n'))
                .join('\n')}`,
              { cause: error },
            )
          }
          return { driver, tale, ...(await tale.end()) }
        }),
      )
      for (const { driver, errors, violations, names, records } of told) {
        expect.soft(errors, driver.name).toEqual([])
        expect.soft(violations, driver.name).toEqual([])
        expect.soft(names, `log lines with names, ${driver.name}`).toEqual([])
        // People who cannot be pushed to are neither told nor reminded.
        const all = (lines: readonly string[] = []) =>
          lines.filter((line) => driver.can.push || !/^(notices|reminder) /.test(line))
        expect.soft(all(records), `records by ${driver.name}`).toEqual(all(told[0]?.records))
      }
      const steps = told.map(({ driver, tale, records }) => ({
        mark: driver.mark,
        name: driver.name,
        steps: [...tale.steps, { head: '（留下的记录）', lines: records }],
      }))
      await expect(merged(title, steps)).toMatchFileSnapshot(`transcripts/${title}.txt`)
    },
    patience,
  )
}

/** A story of one college that uses several channels at once. */
export function storyOnSeveral(
  title: string,
  on: readonly Driver[],
  tell: (tale: Tale) => Promise<void>,
  { at = monday, watch }: StoryOptions = {},
): void {
  it(
    title,
    async ({ expect }) => {
      const tale = await Tale.begin(on, at, watch && { watch })
      try {
        await tell(tale)
      } catch (error) {
        await tale.close()
        throw error
      }
      const { violations, records } = await tale.end()
      expect.soft(violations).toEqual([])
      const told = {
        mark: '同',
        name: on.map(({ name }) => name).join('、'),
        steps: [...tale.steps, { head: '（留下的记录）', lines: records }],
      }
      await expect(merged(title, [told])).toMatchFileSnapshot(`transcripts/${title}.txt`)
    },
    patience,
  )
}
