import { expect, it } from 'vitest'
import { type Named, splitBranch } from '../../src/campaign/roster/names.ts'

const first =
  '航空汽车旅游护理物流园林测绘轨道酒店数控电气纺织陶瓷药学口腔影像康复动漫服装珠宝水利电力能源环保消防铁道航海桥梁造价装饰'
const second =
  '工程技术应用运维装备智能材料生态创意传播营销商务维修安全制造规划设计管理服务检测加工教育艺术表演体育健康'
const kinds = ['教工第一党支部', '教工第二党支部', '学生党支部', '教研室党支部']

/** `n` branches, in general branches of four. */
function college(n: number): Named[] {
  return Array.from({ length: n }, (_, i) => {
    const g = Math.floor(i / 4)
    const [one, other] = [2 * (g % 30), 2 * (Math.floor(g / 30) % 26)]
    const again = g < 780 ? '' : '分校'
    const name = `${first.slice(one, one + 2)}${second.slice(other, other + 2)}${again}`
    return { id: `b${i}`, name: name + kinds[i % 4], generalName: `${name}学院党总支` }
  })
}
const lines = [
  '汽车工程学生 5545 5555',
  '汽车工程教工第一党支部：全部满分',
  '汽车工程学院教工二 除3扣1',
  '这一行没有支部 5 5 4',
]

/** The best of several rounds, in milliseconds. */
function cost(branches: readonly Named[]): number {
  const rounds = Array.from({ length: 12 }, () => {
    const start = performance.now()
    for (let i = 0; i < 60; i++) for (const line of lines) splitBranch(line, branches)
    return performance.now() - start
  })
  return Math.min(...rounds)
}

it('a name is split off in a college of 4,000 branches in at most three times the time of one of 40', {
  retry: 2,
}, () => {
  const [small, large] = [college(40), college(4000)]
  for (const branches of [small, large])
    expect(splitBranch(lines[1] ?? '', branches)).toEqual({ match: { kind: 'one', id: 'b4' }, rest: '全部满分' })
  cost(small)
  cost(large)
  expect(cost(large) / cost(small)).toBeLessThan(3)
})
