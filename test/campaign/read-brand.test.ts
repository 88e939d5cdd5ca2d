import { describe, expect, it } from 'vitest'
import { readBrand, readDeed } from '../../src/campaign/brand/read-brand.ts'

const whole = { name: '红色实验室', stage: '培育', about: '党员带学生备赛' }

describe('a brand in people’s words', () => {
  it.each([
    ['名称：红色实验室，阶段：培育，内容：党员带学生备赛'],
    ['名称 红色实验室 阶段 培育 内容 党员带学生备赛'],
    ['“红色实验室”，正在培育，党员带学生备赛'],
    ['红色实验室 培育 党员带学生备赛'],
    ['内容：党员带学生备赛\n阶段 培育阶段\n品牌名称是红色实验室'],
    ['红色实验室\n培育阶段\n党员带学生备赛'],
  ])('“%s”', (text) => {
    const said = readBrand(text, {})
    expect({ ...said, stage: said.stage?.replace('阶段', '') }).toEqual(whole)
  })

  it('words without a label go on where an open draft ends, and replace what is on record', () => {
    expect(readBrand('也带新教师', whole, { adds: true }).about).toBe('党员带学生备赛，也带新教师')
    expect(readBrand('党员带学生备赛', whole, { adds: true }).about).toBe('党员带学生备赛')
    expect(readBrand('也带新教师', whole).about).toBe('也带新教师')
  })

  it('a part is changed alone, and words go on after a comma', () => {
    expect(readBrand('已成型', whole)).toEqual({ ...whole, stage: '成型' })
    expect(readBrand('内容：带学生备赛，也带新教师', whole).about).toBe('带学生备赛，也带新教师')
  })
})

it('recognition names unit, honour and reason', () => {
  expect(readDeed('机电学生 认定特色支部')).toEqual({ deed: 'recognise', unit: '机电学生', honour: '特色支部' })
  expect(readDeed('机电工程学院 认定为 党建品牌')).toMatchObject({ honour: '党建品牌' })
  expect(readDeed('机电学生 认定先进')).toEqual({ deed: 'recognise', unit: '机电学生' })
  expect(readDeed('机电学生 撤销 材料不实')).toEqual({ deed: 'withdraw', unit: '机电学生', reason: '材料不实' })
  expect(readDeed('机电学生 撤销 认定特色支部，材料不实')).toMatchObject({ honour: '特色支部', reason: '材料不实' })
  expect(readDeed('名称：红色实验室')).toBeUndefined()
})
