import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

/** Says everything that the README shows, as somebody of whom it says so. `…` and the name of a branch are filled in. */
const people: { [who: string]: readonly string[] } = {
  任何人: ['杨晓东', '周组安'],
  '党总支书记、党支部书记': ['杨晓东'],
  党委委员: ['林晓燕'],
  组织部: ['周组安'],
  '组织部、党办、党总支书记': ['周组安', '邓书文', '陈志刚'],
  '组织部、党办、党委书记和副书记、党总支书记': ['周组安', '邓书文', '许一鸣', '高文静', '陈志刚'],
  '党支部书记、党总支书记': ['杨晓东'],
  党支部书记: ['王思远'],
  任务的责任人: ['杨晓东'],
  '党办、组织部': ['邓书文', '周组安'],
  按权限: ['周组安'],
}
const table = /## 怎么说([\s\S]*?)\n## /.exec(readFileSync('README.md', 'utf8'))?.[1] ?? ''
/** Rows without a person go on with what the row above began. */
const rows: { who: string; said: string[] }[] = []
for (const [, who = '', shown = ''] of table.matchAll(/^\| (.*?) ?\| (.+) \| .+ \|$/gm)) {
  const said = [...shown.matchAll(/`([^`]+)`|“([^”]+)”/g)].map(([, code, quoted]) => code ?? quoted ?? '')
  if (who === '') rows.at(-1)?.said.push(...said)
  else if (said.length > 0) rows.push({ who, said })
}

it('the table of the README names people whom this test knows, and what they say', () => {
  expect(rows.filter(({ who }) => people[who] === undefined)).toEqual([])
  expect(rows.flatMap(({ said }) => said).length).toBeGreaterThan(45)
})

it.each(rows.flatMap(({ who, said }) => (people[who] ?? []).map((name) => [who, name, said] as const)))(
  '%s: %s is understood, and may',
  async (_, name, said) => {
    const { says } = await sampleCollege('2022-04-25 10:00')
    for (const shown of said) {
      const answer = await says(name, shown.replaceAll('…', '很好').replace(' 支部', ' 软件教研室'))
      expect(answer, shown).not.toMatch(shown === '帮助' ? /无权/ : /无权|您可以回复：/)
    }
  },
)
