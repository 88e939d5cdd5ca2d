import { describe, expect, it } from 'vitest'
import { linesOf, piecesOf, uncertain } from '../../src/campaign/reading/pieces.ts'

const own = [
  { id: 'a', name: '软件技术教研室党支部', generalName: '信息工程学院党总支' },
  { id: 'b', name: '学生第一党支部', generalName: '信息工程学院党总支' },
  { id: 'c', name: '学生第二党支部', generalName: '信息工程学院党总支' },
]
const all = [...own, { id: 'x', name: '会计党支部', generalName: '经济管理学院党总支' }]
const taken = (text: string) => piecesOf(linesOf(text), { own, all })

describe('a message about several branches', () => {
  it('has a piece a line, and a line without a branch goes on with the one before', () => {
    expect(taken('软件技术教研室 除3扣1\n其余满分\n\n学生第一：全部满分').pieces).toEqual([
      { id: 'a', text: '除3扣1\n其余满分' },
      { id: 'b', text: '全部满分' },
    ])
  })

  it('may name the next branch behind a comma', () => {
    expect(taken('软件技术教研室除7扣1其余满分，学生第二除16扣1其余满分').pieces.map(({ id }) => id)).toEqual([
      'a',
      'c',
    ])
  })

  it('begins below the head of a pasted table', () => {
    expect(taken('支部名称 1 2 3 总分\n学生第二 5 5 5').pieces).toEqual([{ id: 'c', text: '5 5 5' }])
  })

  it('ends at a branch of somebody else, and keeps what stood before', () => {
    expect(taken('学生第一 全部满分\n会计 全部满分')).toEqual({
      pieces: [{ id: 'b', text: '全部满分' }],
      stop: 'not-own',
    })
  })

  it('ends at a branch that is not certain; its text and all that follows wait', () => {
    expect(taken('软件技术教研室 全部满分\n学生 除3扣1\n其余满分')).toEqual({
      pieces: [{ id: 'a', text: '全部满分' }],
      stop: { near: ['b', 'c'], pending: '除3扣1\n其余满分' },
    })
    expect(uncertain(['某某支部 除3扣1'], own)).toEqual({ near: [], pending: '除3扣1' })
  })

  it('goes on with a text that waited for its branch', () => {
    const begun = { id: 'b', text: '除3扣1' }
    expect(piecesOf(['其余满分', '学生第二 全部满分'], { own, all, begun }).pieces).toEqual([
      { id: 'b', text: '除3扣1\n其余满分' },
      { id: 'c', text: '全部满分' },
    ])
  })
})
