import { expect, it } from 'vitest'
import { readDelegation, readEnding } from '../../src/campaign/reading/read-delegation.ts'

const words = ['评分', '月报', '季报', '三会一课']

it.each([
  ['让张三代填', { name: '张三' }],
  ['请李四老师替我填报', { name: '李四' }],
  ['由王小明代我评分。', { name: '王小明' }],
  ['委托赵一代填月报', { name: '赵一', word: '月报' }],
  ['月报让欧阳文静帮我填一下', { name: '欧阳文静', word: '月报' }],
  ['让张三代填三会一课。', { name: '张三', word: '三会一课' }],
])('%j names whom, and what', (text, said) => expect(readDelegation(text, words)).toEqual(said))
it.each(['帮助', '代填', '帮我填', '请党委帮我们解决', '让张三参加', ''])('%j names nobody', (text) =>
  expect(readDelegation(text, words)).toBeUndefined(),
)
it.each([
  ['不用代填了', ''],
  ['不用让张三代填了。', '张三'],
  ['让张三代填', undefined],
])('%j ends it: %j', (text, name) => expect(readEnding(text)).toBe(name))
