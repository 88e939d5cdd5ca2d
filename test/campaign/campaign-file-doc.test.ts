import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { campaignFilePage } from './campaign-file-doc.ts'

it('docs/campaign-file.md says every field of the schema', async () => {
  await expect(campaignFilePage()).toMatchFileSnapshot('../../docs/campaign-file.md')
})

it('every field has a word about it, and the fields of the samples are among them', () => {
  const page = campaignFilePage()
  const rows = page.split('\n').filter((row) => row.startsWith('| `'))
  expect(rows.filter((row) => /\| +\|$/.test(row))).toEqual([])
  for (const field of ['share', 'levels', 'bonus', 'deduct', 'open', 'vetoes', 'notice', 'rounding', 'orBelow', 'kind'])
    expect(rows.some((row) => row.includes(field))).toBe(true)
  expect(readFileSync('README.md', 'utf8')).toContain('docs/campaign-file.md')
})
