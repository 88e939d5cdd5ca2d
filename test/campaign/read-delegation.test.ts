import { expect, it } from 'vitest'
import { readDelegation, readEnding, readFilling } from '../../src/campaign/reading/read-delegation.ts'

const forms = ['评分', '月报', '季报', '三会一课'].map((word) => ({ word }))

it.each([
  ['让张三代填', { name: '张三' }],
  ['请李四老师替我填报', { name: '李四' }],
  ['由王小明代我评分。', { name: '王小明' }],
  ['委托赵一代填月报', { name: '赵一', word: '月报' }],
  ['月报让欧阳文静帮我填一下', { name: '欧阳文静', word: '月报' }],
  ['让张三代填三会一课。', { name: '张三', word: '三会一课' }],
])('%j names whom, and what', (text, said) => expect(readDelegation(text, forms)).toEqual(said))
it.each(['帮助', '代填', '帮我填', '请党委帮我们解决', '让张三参加', ''])('%j names nobody', (text) =>
  expect(readDelegation(text, forms)).toBeUndefined(),
)
it.each([
  ['不用代填了', ''],
  ['不用让张三代填了。', '张三'],
  ['不让张三代填了', '张三'],
  ['不再请张三代填', '张三'],
  ['不要张三代填了', '张三'],
  ['让张三代填', undefined],
])('%j ends it: %j', (text, name) => expect(readEnding(text)).toBe(name))

const report = { word: '月报', sample: '月报 到了哪个支部' }
const score = { word: '评分', sample: '支部名 全部满分' }
const zhang = { principal: { name: '张三' }, forms: [report] }
const li = { principal: { name: '李四' }, forms: [report, score] }
it.each([
  ['张三 月报：4月到了软件', { principal: zhang.principal, form: report, content: '4月到了软件' }],
  ['张三，4月到了软件', { principal: zhang.principal, form: report, content: '4月到了软件' }],
  ['李四 评分 软件全部满分', { principal: li.principal, form: score, content: '软件全部满分' }],
  ['李四 4月到了软件', { unclear: '请写上内容：“代填 李四 月报 到了哪个支部”或“代填 李四 支部名 全部满分”。' }],
  ['张三 月报', { unclear: '请写上内容：“代填 张三 月报 到了哪个支部”。' }],
  ['4月到了软件', { unclear: '请写明代谁填：“代填 姓名 内容”。请您代填的有：张三、李四。' }],
])('%j is filled in for somebody, or asked about', (text, read) => expect(readFilling(text, [zhang, li])).toEqual(read))
it('says that nobody asked', () => expect(readFilling('张三', [])).toEqual({ unclear: '目前没有人请您代填。' }))
