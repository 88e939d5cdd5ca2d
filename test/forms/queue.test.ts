import { expect, it } from 'vitest'
import { byReason } from '../../src/forms/queue/each.ts'
import { stampOf } from '../../src/forms/queue/table.ts'

const branch = (id: string) => ({ id, name: `${id}党支部`, kind: 'staff' })
const waits = (id: string, version: number) => ({ branch: branch(id), version })

it('says each reason once, with all names in their order', () => {
  const why = '还没有公示'
  expect(
    byReason([
      { name: '物流', why },
      { name: '软件', why: '已备案' },
      { name: '电商', why },
    ]),
  ).toEqual(['物流、电商还没有公示', '软件已备案'])
})

it('a table is outdated once one of its records has another version, or one more waits', () => {
  const shown = { id: 'unit', name: '信息工程', waiting: [waits('a', 1), waits('b', 1)] }
  const stamp = stampOf({}, shown)
  expect(stampOf({}, { ...shown, waiting: [waits('a', 1), waits('b', 1)] })).toBe(stamp)
  expect(stampOf({}, { ...shown, waiting: [waits('a', 1), waits('b', 2)] })).not.toBe(stamp)
  expect(stampOf({}, { ...shown, waiting: [waits('a', 1), waits('b', 1), waits('c', 1)] })).not.toBe(stamp)
})
