import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Words that only the plan of 2022 uses. With another plan they would be wrong on paper and on screen. */
const ofThePlan = /分类定级|基层组织建设年|1[78] ?项|附件 ?[1-9]|先进|后进/

/** The code's word for the command about lagging branches. People say the plan's word. */
const command = /'后进'/g

const codeOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*(?:\/\*\*|\*|\/\/).*$/, '')
        .replace(/\/\*\*? .*?\*\//g, '')
        .replace(command, ''),
    )

it('nothing of one year’s plan stands in the code: it comes from the campaign file', () => {
  const files = ['src', 'handlers', 'schedules'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|js|html)$/.test(name))
      .map((name) => join(folder, name)),
  )
  const found = files.flatMap((file) =>
    codeOf(file).flatMap((line, i) => (ofThePlan.test(line) ? [`${file}:${i + 1} ${line.trim()}`] : [])),
  )
  expect(found).toEqual([])
})
