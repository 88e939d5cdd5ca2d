import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

/** One of these pieces is repeated. Together they hold everything that readers look for. */
const pieces =
  ' |\n|。|，|、|（|【|《|“|@|@党建助手 |1|第3项|3改|除3扣1、|5 |一|.|~|-|：|难点：|情况 |无|提醒|请假到|4月|软件教研室|软件教研室 5|杨晓东|走访|去了|没去，|评分 |月报：|提交 |绝密|补充：|改成'.split(
    '|',
  )
const shaped = (piece: string, length: number): string => piece.repeat(length).slice(0, length)
/** A cheaper text holds nobody up, and the garbage collector takes as long. In milliseconds of processor time. */
const least = 60

/** The cost of each shape that takes more than three times as long when it is twice as long. */
async function steep(says: (text: string) => Promise<unknown>): Promise<string[]> {
  const cost = async (text: string): Promise<number> => {
    const start = process.cpuUsage()
    await says(text)
    return process.cpuUsage(start).user / 1000
  }
  const found: string[] = []
  for (const piece of pieces) {
    await says(shaped(piece, 2_000))
    for (let round = 0; round < 3; round++) {
      const half = await cost(shaped(piece, 10_000))
      const whole = await cost(shaped(piece, 20_000))
      if (whole <= least || whole <= 3 * half) break
      if (round === 2) found.push(`${JSON.stringify(piece)}: ${Math.round(half)} and ${Math.round(whole)} ms`)
    }
  }
  return found
}

describe('a text of 20,000 characters costs at most three times one of 10,000, whatever its shape', () => {
  it.each([
    ['a secretary who scores', 'yangxiaodong', '评分 软件教研室'],
    ['a secretary with nothing open', 'yangxiaodong', '取消'],
    ['a member of the committee at a report', 'xuyiming', '月报 4月'],
  ])('said by %s', { timeout: 300_000 }, async (_, account, first) => {
    const { college } = await sampleCollege('2022-04-25 10:00')
    const said = async (text: string): Promise<unknown> =>
      college.bot.receive({ channel: 'wecom', account, once: `${Math.random()}`, what: { kind: 'text', text } })
    const found = await steep(async (text) => {
      await said('取消')
      await said(first)
      await said(text)
    })
    expect(found).toEqual([])
  })

  it('said in a group', { timeout: 300_000 }, async () => {
    const { college } = await sampleCollege('2022-04-25 10:00')
    const found = await steep((text) =>
      college.bot.receive({
        channel: 'dingtalk',
        account: 'xuyiming',
        once: `${Math.random()}`,
        group: 'g1',
        what: { kind: 'text', text },
      }),
    )
    expect(found).toEqual([])
  })
})
