import { expect, it } from 'vitest'
import { withLabels } from '../../src/campaign/regulation/read-regulation.ts'

it.each([
  [
    '《党费收缴制度》太繁琐，建议改为按季度收，依据是党员意见',
    '制度名称：《党费收缴制度》\n堵点：太繁琐\n修改建议：建议改为按季度收\n依据：党员意见',
  ],
  ['《请销假制度》建议线上备案', '制度名称：《请销假制度》\n修改建议：建议线上备案'],
  ['《请销假制度》手续多。应改为线上备案', '制度名称：《请销假制度》\n堵点：手续多\n修改建议：应改为线上备案'],
  ['《请销假制度》手续多', '制度名称：《请销假制度》\n堵点：手续多'],
])('“%s” gets the labels that were left out', (text, labelled) => {
  expect(withLabels(text)).toBe(labelled)
})

it.each(['《请销假制度》', '《请销假制度》，堵点：手续多，建议线上备案', '请销假制度手续多，建议线上备案'])(
  '“%s” stays',
  (text) => {
    expect(withLabels(text)).toBe(text)
  },
)
