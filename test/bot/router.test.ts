import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handlers } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { splitCommand as split } from '../../src/bot/turn/router.ts'

const commandWords = handlers(schedules).flatMap(({ commands = [] }) => commands.map(({ word }) => word))
const known = new Set([...commandWords, '议题'])
const splitCommand = (text: string) => split(text, known, new Set(['议题']))

describe('a command word', () => {
  it.each([
    ['评分', ''],
    ['　评分。', ''],
    ['“评分”', ''],
    ['（评分）', ''],
    ['【评分】！', ''],
    ['评分：', ''],
    ['评分 软件教研室', '软件教研室'],
    ['评分　软件教研室', '软件教研室'],
    ['评分\u00a0软件教研室', '软件教研室'],
    ['评分\n软件教研室 5 5', '软件教研室 5 5'],
    ['评分：软件教研室', '软件教研室'],
    ['评分:软件教研室', '软件教研室'],
    ['评分 ： 软件教研室 ', '软件教研室'],
    ['“评分 软件教研室', '软件教研室'],
    ['“评分” 软件教研室', '软件教研室'],
    ['。评分 软件教研室', '软件教研室'],
    ['评分\r\n软件教研室', '软件教研室'],
  ])('%j is 评分 with %j', (text, argument) => {
    expect(splitCommand(text)).toEqual({ word: '评分', argument })
  })

  it.each([
    '评分软件教研室',
    '软件教研室评分',
    '评分表软件',
    '评分，软件教研室',
    '请评分',
    '评 分',
    '评分-软件',
    '议题一直没有答复',
    '议题第三季度',
    '',
  ])('%j is none', (text) => {
    expect(splitCommand(text)).toBeUndefined()
  })

  it.each([
    ['月报汇总 4月', '月报汇总', '4月'],
    ['⽉报 4月', '月报', '4月'],
    ['匿名意见：食堂', '匿名意见', '食堂'],
    ['评分表 软件', '评分表', '软件'],
    ['议题3 答复 已更换', '议题', '3 答复 已更换'],
    ['议题３', '议题', '３'],
    ['议题③答复 已更换', '议题', '③答复 已更换'],
    ['议题三 答复 已更换', '议题', '三 答复 已更换'],
    ['议题三', '议题', '三'],
    ['议题三答复 已更换', '议题', '三答复 已更换'],
    ['议题（3）答复 已更换', '议题', '（3）答复 已更换'],
    ['议题第三项 答复', '议题', '第三项 答复'],
  ])('%j is %s', (text, word, argument) => {
    expect(splitCommand(text)).toEqual({ word, argument })
  })

  it('followed by a separator and anything is that word with all of it, as typed', () => {
    const argument = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => /^[\p{L}\p{N}].*[\p{L}\p{N}]$/su.test(text))
    fc.assert(
      fc.property(
        fc.constantFrom(...commandWords),
        fc.constantFrom(' ', '\n', '：', ':', '　', ' : ', '\t'),
        argument,
        (word, separator, said) => {
          expect(splitCommand(`${word}${separator}${said}`)).toEqual({ word, argument: said.trim() })
        },
      ),
    )
  })
})
