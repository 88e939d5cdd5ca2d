import { describe, expect, it } from 'vitest'
import { sample } from '../schedules/played.ts'
import { sampleCollege } from '../support/sample-college.ts'

const june = '2022-06-20 10:00'
const whole = '季报 完成情况：集中学习四次。存在问题：实习学生到会难。下步打算：七月办实验室开放日。'

describe('a branch’s quarterly report', () => {
  it('is whole in one message, and 提交 makes it a record', async () => {
    const { says } = await sampleCollege(june)
    expect(await says('赵明远', '季报')).toMatch(/2季度季报：还没交[^]*完成情况：…存在问题：…下步打算：…/)
    expect(await says('赵明远', whole)).toMatch(/完成情况：集中学习四次[^]*存在问题：实习学生到会难[^]*提交/)
    expect(await says('赵明远', '提交')).toMatch(/已提交/)
    expect(await says('赵明远', '进度')).toContain('季报 1/1')
    await says('赵明远', whole)
    expect(await says('赵明远', '提交')).toMatch(/已提交。与上次提交相同，没有新版本/)
  })

  it('asks once for what is missing; 无 answers where it may', async () => {
    const { says } = await sampleCollege(june)
    expect(await says('赵明远', '季报 完成情况：补选支部委员一名')).toMatch(/还差存在问题（没有请写“无”）、下步打算/)
    expect(await says('赵明远', '无')).toMatch(/存在问题：无\n下步打算：无[^]*提交/)
  })

  it('is answered by its parts after the bare word; 完成情况 with a colon is no question', async () => {
    const { says } = await sampleCollege(june)
    await says('赵明远', '季报')
    expect(await says('赵明远', '完成情况：学习六次。存在问题：无。下步打算：无')).toMatch(
      /完成情况：学习六次。?\n存在问题：无。?\n下步打算：无[^]*提交/,
    )
  })

  it('takes 无 that is said of two parts together, and asks where two parts have one text', async () => {
    const { says } = await sampleCollege(june)
    for (const both of ['存在问题和下步打算都无', '存在问题和下步打算：没有', '存在问题与下步打算均无']) {
      await says('赵明远', '季报 完成情况：学习六次')
      expect(await says('赵明远', both)).toMatch(/\n存在问题：[都均]?(?:无|没有)\n下步打算：[都均]?(?:无|没有)\n/)
      await says('赵明远', '取消')
    }
    await says('赵明远', '季报 完成情况：学习六次')
    expect(await says('赵明远', '存在问题和下步打算：补选委员')).toMatch(/还差存在问题/)
  })

  it('keeps the numbers of a list also where an entry begins with a word of its part', async () => {
    const { says } = await sampleCollege(june)
    const list = '季报 完成情况：\n①开展主题党日3次\n②慰问老党员\n存在问题：无\n下步打算：无'
    expect(await says('赵明远', list)).toMatch(/完成情况：①开展主题党日3次\n②慰问老党员\n存在问题：无/)
  })

  it('is summed up also where the quarter follows the word directly', async () => {
    const { says } = await sampleCollege(june)
    expect(await says('周组安', '季报汇总1季度')).toMatch(/没有1季度的季报/)
  })

  it('is heard by the words that people begin with, and by labels without marks', async () => {
    const { says } = await sampleCollege(june)
    const text = '季报 开展集中学习四次。主要困难是实习学生到会难。下一步办实验室开放日。'
    expect(await says('赵明远', text)).toMatch(
      /完成情况：开展集中学习四次。\n存在问题：主要困难是.*到会难。\n下步打算：下一步办/,
    )
    const dictated = '季报 完成情况集中学习四次存在问题实习学生到会难下步打算办开放日'
    expect(await says('赵明远', dictated)).toMatch(
      /完成情况：集中学习四次\n存在问题：实习学生到会难\n下步打算：办开放日/,
    )
  })

  it('keeps a text of which it is not clear what it is, and asks', async () => {
    const { says } = await sampleCollege(june)
    await says('赵明远', '季报 完成情况：补选支部委员一名')
    expect(await says('赵明远', '实习学生到会难，七月办开放日')).toMatch(
      /“实习学生到会难，七月办开放日”还不知道属于哪一部分/,
    )
    expect(await says('赵明远', '存在问题')).toMatch(/还差下步打算/)
    expect(await says('赵明远', '预览')).toContain('存在问题：实习学生到会难，七月办开放日')
  })

  it('a quarter that has not begun, or that is none of the campaign, is said so', async () => {
    const { says } = await sampleCollege(june)
    expect(await says('赵明远', '季报 3季度')).toMatch(/3季度还没到/)
    expect(await says('赵明远', '季报 1季度 完成情况：…')).toMatch(/没有1季度的季报，从2季度报起/)
  })

  it('one part is written anew after 修改, 上一步 goes back, 取消 leaves nothing', async () => {
    const { says } = await sampleCollege(june)
    await says('赵明远', whole)
    expect(await says('赵明远', '修改')).toMatch(/改哪一部分/)
    await says('赵明远', '问题')
    expect(await says('赵明远', '无')).toMatch(/存在问题：无\n/)
    expect(await says('赵明远', '上一步')).toMatch(/存在问题：实习学生到会难/)
    expect(await says('赵明远', '取消')).toMatch(/已取消/)
    expect(await says('赵明远', '季报')).toMatch(/还没交/)
  })
})

it('a quarter that is named shows what there is of it, also to somebody with two posts', async () => {
  const [branch] = sample.branches.filter(({ name }) => name.startsWith('机电学生'))
  const people = sample.people.map((one) =>
    one.name === '陈志刚' && branch
      ? { ...one, seats: [...one.seats, { post: 'branch-secretary' as const, branch: branch.id }] }
      : one,
  )
  const { says } = await sampleCollege('2022-08-10 10:00', { ...sample, people })
  const shown = await says('陈志刚', '季报 2季度')
  expect(shown).toMatch(/机电学生党支部 2季度季报：还没交/)
  expect(shown).toMatch(/机电工程学院党总支 2季度季报：还没交[^]*是哪一个/)
  expect(await says('陈志刚', '季报 2季度 机电工程 总体平稳')).toMatch(/2季度总支季报\n机电工程学院党总支[^]*总体平稳/)
  await says('陈志刚', '取消')
  expect(await says('陈志刚', '季报 2季度 总体平稳')).toMatch(/是哪一个/)
  expect(await says('陈志刚', '2')).toMatch(/2季度季报\n?.*还差/)
  expect(await says('赵明远', '季报 2季度')).toMatch(/2季度季报：还没交/)
})

describe('words for another form while one is open', () => {
  it('are kept until it is said whose they are', async () => {
    const { says } = await sampleCollege(june)
    await says('马建国', '月报 去了机电学生党支部，学习按期开展。')
    expect(await says('马建国', '季报 完成情况：无')).not.toMatch(/已提交/)
  })
})

describe('a general branch’s quarterly report', () => {
  it('shows what its branches reported, asks for its own words, and goes to the committee', async () => {
    const { says, hears } = await sampleCollege(june)
    await says('赵明远', whole)
    await says('赵明远', '提交')
    expect(await says('陈志刚', '季报')).toMatch(/2季度 已交 1\/4\n未交：[^]*集中学习四次[^]*本总支情况/)
    expect(await says('陈志刚', '两个支部完成换届')).toMatch(
      /各支部季报已交 1\/4，一并报党委。\n本总支情况：两个支部完成换届/,
    )
    const department = hears('周组安')
    expect(await says('陈志刚', '提交')).toMatch(/已提交/)
    expect(department().join('\n')).toMatch(/机电工程学院党总支2季度季报已提交/)
    expect(await says('陈志刚', '谁没交季报')).toMatch(/2季度季报（3）/)
    expect(await says('赵明远', '季报汇总')).toContain('无权')
  })
})
