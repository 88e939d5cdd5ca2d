import { describe, expect, it } from 'vitest'
import { readTraining, type Trainee } from '../../src/campaign/training/read-training.ts'
import { beijing } from '../support/beijing.ts'

const day = (text: string) => beijing(`${text} 10:00`).toPlainDate()
const rules = { today: day('2022-06-15'), starts: day('2022-04-02'), ends: day('2022-12-31'), happened: true }
const people: Trainee[] = [
  { id: 'p1', name: '张三', units: ['软件教研室党支部'] },
  { id: 'p2', name: '李四', units: ['网络教研室党支部'] },
  { id: 'p3', name: '王小明', units: ['机电学生党支部'] },
  { id: 'p4', name: '王小明', units: ['机关党总支'] },
]
const read = (text: string) => readTraining(text, { rules, people })

describe('a training in one message', () => {
  it.each([
    ['6月10日 线下 全体', '2022-06-10', '线下', ['p1', 'p2', 'p3', 'p4']],
    ['6月10日 线上 除张三、李四', '2022-06-10', '线上', ['p3', 'p4']],
    ['时间：6月10日，方式：线上，参加人员：张三、李四', '2022-06-10', '线上', ['p1', 'p2']],
    ['全体书记除了李四以外都参加，网络，6.9', '2022-06-09', '线上', ['p1', 'p3', 'p4']],
    ['昨天 集中培训 张三 李四参加', '2022-06-14', '线下', ['p1', 'p2']],
    ['10号 线下 王小明（机关）和张三', '2022-06-10', '线下', ['p4', 'p1']],
  ])('“%s”', (text, on, way, ids) => {
    const said = read(text)
    if ('say' in said) throw new Error(said.say)
    expect([said.day.toString(), said.way, said.people]).toEqual([on, way, ids])
  })

  it.each([
    ['6月20日 线下 全体', '还没到'],
    ['6月31日 线下 全体', '没有“6月31日”这一天'],
    ['线下 全体', '还差哪一天'],
    ['6月10日 全体', '还差线上还是线下'],
    ['6月10日 线下', '还差哪些人参加'],
    ['6月10日 线下 除赵六', '“赵六”不是'],
    ['6月10日 线下 王小明', '有2位“王小明”'],
    ['6月10日 线上线下 全体', '分两次记'],
  ])('“%s” is asked back', (text, words) => {
    expect(read(text)).toEqual({ say: expect.stringContaining(words) })
  })
})
