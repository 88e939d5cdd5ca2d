import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

const three =
  '三会一课 4月12日支委会，应到5实到5，议题：研究发展对象\n4月15日主题党日，应到20实到18，主题：清明祭英烈\n4月19日党员大会，应到20，实到19，议题：补选委员'

/** The secretary of 网络教研室, the secretary of the general branch, 组织部 and a member. */
const [secretary, general, department, member] = ['郑雨桐', '杨晓东', '周组安', '马建国'] as const

describe('三会一课', () => {
  it('takes several records in one message and shows each kind of the running periods', async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    expect(await says(secretary, '三会一课')).toMatch(
      /党员大会 2季度 未记[^]*支委会 4月 未记[^]*组织生活会 2022年 未记/,
    )
    const card = await says(secretary, three)
    expect(card).toMatch(/4月12日 支委会 应到5 实到5 议题：研究发展对象/)
    expect(card).toMatch(/4月15日 主题党日 应到20 实到18 主题：清明祭英烈/)
    expect(await says(secretary, '提交')).toContain('已提交。记录3条。')
    expect(await says(secretary, '三会一课')).toMatch(
      /党员大会 2季度 已记 4月19日[^]*支委会 4月 已记 4月12日[^]*党小组会 4月 未记/,
    )
    await says(secretary, '三会一课 4月12日支委会，应到5实到4，议题：研究发展对象')
    expect(await says(secretary, '提交')).toContain('已提交')
    await says(secretary, '三会一课 4月12日支委会，应到5实到4，议题：研究发展对象')
    expect(await says(secretary, '提交')).toContain('没有新版本')
  })

  it('keeps two meetings of one kind apart where the second has no day', async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    const first = '三会一课 4月12日支委会，应到5实到5，议题：研究发展对象\n支委会，应到5实到4，议题：讨论预算'
    expect(await says(secretary, first)).toMatch(/2条里还有1条要问[^]*讨论预算”还差日期/)
    expect(await says(secretary, '4月19日')).toMatch(
      /4月12日 支委会 应到5 实到5 议题：研究发展对象\n4月19日 支委会 应到5 实到4 议题：讨论预算/,
    )
  })

  it('shows in 预览 what is not said yet as open', async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    await says(secretary, '三会一课 4月12日支委会，议题：研究发展对象')
    expect(await says(secretary, '预览')).toMatch(/4月12日 支委会 应到未写 实到未写 议题：研究发展对象/)
    await says(secretary, '取消')
    await says(secretary, '三会一课 支委会，应到5实到5，议题：学习')
    expect(await says(secretary, '预览')).toMatch(/日期未写 支委会 应到5 实到5 议题：学习/)
    await says(secretary, '取消')
    await says(secretary, '三会一课 4月12日，应到5实到5，议题：学习')
    expect(await says(secretary, '预览')).toMatch(/4月12日 会议种类未写 应到5 实到5 议题：学习/)
  })

  it('asks for what is missing, back for what cannot be, line by line, and keeps the good ones', async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    expect(await says(secretary, '三会一课 4月13日支委会\n4月15日主题党日，应到20实到18，主题：清明祭英烈')).toMatch(
      /2条里还有1条要问，其余已记下。\n4月13日支委会还差应到、实到人数、议题/,
    )
    expect(await says(secretary, '应到5实到6，议题：通报党费收缴')).toMatch(/实到6人多于应到5人，实到应是几人？/)
    expect(await says(secretary, '实到4')).toMatch(/4月13日 支委会 应到5 实到4 议题：通报党费收缴\n4月15日 主题党日/)
    expect(await says(secretary, '修改')).toMatch(/改哪一部分[^]*4月13日支委会[^]*4月15日主题党日/)
    await says(secretary, '4月13日支委会')
    expect(await says(secretary, '4月14日支委会 议题：换届')).toMatch(/4月14日 支委会 应到5 实到4 议题：换届\n4月15日/)
    expect(await says(secretary, '三会一课 4月29日支委会，应到3实到3，议题：换届')).toContain('还没到')
    expect(await says(secretary, '取消')).toContain('已取消')
    expect(await says(secretary, '三会一课 4月12日支委会，应到2实到2，议题：A\n参会人员：张三、李四')).toMatch(
      /名单没有保存，只记人数[^]*提交/,
    )
  })

  it('two kinds in one meeting are two records; one is taken back with its reason', async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    await says(secretary, '三会一课 4月20日主题党日暨党员大会，应到30实到28，主题：讲两会精神')
    await says(secretary, '提交')
    expect(await says(secretary, '三会一课 撤销 4月20日党员大会')).toContain('要写明原因')
    expect(await says(secretary, '三会一课 撤销 4月20日党员大会 当天没有开')).toMatch(
      /已撤销：网络教研室.*4月20日党员大会/,
    )
    expect(await says(secretary, '三会一课')).toMatch(/党员大会 2季度 未记[^]*主题党日 4月 已记 4月20日/)
    expect(await says(secretary, '三会一课 撤销 4月20日党员大会 当天没有开')).toContain('没有4月20日党员大会的记录')
  })

  it("general branch and 组织部 see what lacks, of whom they look after; nobody writes another's", async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    await says(secretary, three)
    await says(secretary, '提交')
    const own = await says(general, '三会一课')
    expect(own).toMatch(/网络教研室党支部：4月缺党小组会；2季度缺党课；2022年缺组织生活会、民主评议党员/)
    expect(own).not.toMatch(/机电/)
    expect(await says(department, '三会一课')).toMatch(
      /^各支部三会一课：28个支部，都已记的0个，还缺的28个。\n\S+等27个：4月缺支委会.*\n网络教研室：4月缺党小组会.*\n看一个支部请回复“三会一课 \S+”。\n\n双重组织生活 0\/\d/,
    )
    expect(await says('陈志刚', three)).toContain('无权')
    expect(await says(secretary, '三会一课 信息学生 4月12日支委会，应到5实到5，议题：A')).toContain('无权')
    expect(await says(member, '三会一课')).toContain('无权')
    expect(await says(general, '三会一课 网络教研室')).toMatch(/支委会 4月 已记 4月12日/)
  })

  it('counts in 进度 and 谁没交 what periods that end this month owe', async () => {
    const { says, later } = await sampleCollege('2022-04-22 10:00')
    await says(secretary, three)
    await says(secretary, '提交')
    expect(await says(general, '进度')).toContain('三会一课 2/12')
    expect(await says(general, '谁没交三会一课')).toMatch(/网络教研室党支部（党小组会）/)
    later('2022-06-01 10:00')
    expect(await says(general, '进度')).toContain('三会一课 1/20')
  })
})

describe('党课 and 双重组织生活', () => {
  it("a secretary's lecture is the branch's 党课 of the quarter", async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    expect(await says(secretary, '党课')).toContain('还没有您讲党课的记录')
    expect(await says(secretary, '党课 4月18日 讲“坚定理想信念”')).toMatch(/还差场合（.*）、听课人数/)
    expect(await says(secretary, '支部党员大会，听课20人')).toMatch(/4月18日[^]*支部党员大会[^]*坚定理想信念[^]*20人/)
    expect(await says(secretary, '提交')).toContain('同时算作支部本季度的党课')
    expect(await says(secretary, '三会一课')).toContain('党课 2季度 已记 4月18日')
    expect(await says(secretary, '三会一课 撤销 4月18日党课 记重了')).toContain('党课 撤销 4月18日')
    expect(await says(secretary, '党课 撤销 4月18日 记重了')).toContain('已撤销')
    expect(await says(secretary, '三会一课')).toContain('党课 2季度 未记')
  })

  it('a member records taking part, 组织部 sees who has', async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    expect(await says(member, '双重组织生活 4月12日 主题党日')).toMatch(/还差哪个支部/)
    expect(await says(member, '软件教研室')).toMatch(/4月12日[^]*软件教研室党支部[^]*主题党日/)
    expect(await says(member, '提交')).toContain('已提交')
    expect(await says(department, '三会一课')).toMatch(/马建国：4月12日 软件教研室党支部 主题党日/)
    expect(await says(member, '双重组织生活 撤销 4月12日 记错了人')).toContain('已撤销')
    expect(await says(secretary, '双重组织生活 4月12日 软件教研室 主题党日')).toContain('无权')
  })

  it('of several times in one message each is a row, and what lacks is asked one by one', async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    const two =
      '双重组织生活 4月12日 软件教研室 党员大会，4月15日 网络 支委会\n在信息学生支部参加主题党日\n4月31日 网络 党课'
    expect(await says(member, two)).toMatch(/4条里还有2条要问[^]*信息学生支部参加主题党日”：已记下，还差日期/)
    expect(await says(member, '4月16日')).toMatch(/4条里还有1条要问[^]*没有“4月31日”这一天/)
    expect(await says(member, '4月20日')).toMatch(
      /4月12日 软件教研室党支部 党员大会\n4月15日 网络教研室党支部 支委会\n4月16日 信息学生党支部 主题党日\n4月20日 网络教研室党支部 党课/,
    )
    expect(await says(member, '提交')).toContain('已提交')
    expect(await says(department, '三会一课')).toMatch(/马建国：4月12日[^\n]*4月15日/)
  })

  it('a date that is said anew corrects the only one, and what is open stands in 预览', async () => {
    const { says } = await sampleCollege('2022-04-22 10:00')
    await says(member, '双重组织生活 到网络教研室')
    expect(await says(member, '预览')).toContain('日期未写 网络教研室党支部 会议种类未写')
    expect(await says(member, '主题党日，4月15日')).toContain('4月15日 网络教研室党支部 主题党日')
    expect(await says(member, '改一下，是4月18日')).toMatch(/4月18日 网络教研室党支部 主题党日$/m)
  })
})

describe('reminders of meetings', () => {
  it('say once, three working days before, what is not on record; the general branch hears afterwards', async () => {
    const { says, hears, at } = await sampleCollege('2022-04-22 10:00')
    await says(secretary, three)
    await says(secretary, '提交')
    const own = hears(secretary)
    const above = hears(general)
    for (const day of ['04-24', '04-25', '04-26', '04-27', '04-28', '04-29', '05-05', '05-06'])
      await at(`2022-${day} 09:07`)
    const about = own().filter((text) => text.includes('三会一课'))
    expect(about).toEqual([expect.stringMatching(/三会一课记录，4月30日（周六）到期[^]*还没有记录：党小组会/)])
    expect(about[0]).not.toMatch(/党员大会|主题党日/)
    expect(above().filter((text) => /三会一课已记/.test(text))).toEqual([
      expect.stringMatching(/4月三会一课已记2\/12，还有4个支部缺记录。[^]*网络教研室党支部：党小组会/),
    ])
  })
})

it('after the year’s last day a superior reads everything that was not done in one text, which WeCom does not cut', async () => {
  const { hears, at } = await sampleCollege('2022-12-31 10:00')
  const above = hears(general)
  await at('2023-01-03 09:07')
  const [text = '', ...more] = above()
  expect(more).toEqual([])
  expect(text).toMatch(/5项任务，12月31日（周六）已到期.*还有人未完成。\n.*任务4 [^]*任务10：/)
  expect(text).toMatch(/网络教研室党支部、信息学生党支部、大数据教研室党支部：党员大会、支委会/)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048)
})
