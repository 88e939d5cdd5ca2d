import type { Rubric } from '../../src/campaign/scores/rubric.ts'

/** Sections are `[name, number of items, points]`. The labels are `要点1`, `要点2` … */
function rubricOf(step: number, sections: readonly (readonly [string, number, number])[]): Rubric {
  let number = 0
  return {
    step,
    bands: ['先进', '一般', '后进'],
    headings: ['党支部分类定级评分参考标准', '分类定级'],
    sections: sections.map(([section, count, points]) => ({
      name: section,
      items: Array.from({ length: count }, () => {
        number += 1
        return {
          number,
          label: `要点${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未'[number - 1]}`,
          words: '',
          points,
          section,
        }
      }),
    })),
  }
}

/** 16 items of 5 points, 2 of 10, halves allowed. */
export const eighteen = rubricOf(0.5, [
  ['领导班子', 4, 5],
  ['党员队伍', 4, 5],
  ['工作机制', 4, 5],
  ['工作业绩', 4, 5],
  ['群众反映', 2, 10],
])
/** 12 items of 8 points, whole points. */
export const twelve = rubricOf(1, [
  ['组织建设', 3, 8],
  ['制度落实', 4, 8],
  ['服务群众', 5, 8],
])
/** Every item has two digits; quarter points. */
export const decimal = rubricOf(0.25, [
  ['思想', 2, 20],
  ['组织', 2, 15],
  ['作风', 3, 10],
])
/** 5 items of 3 points in tenths. */
export const tenths = rubricOf(0.1, [
  ['学习', 2, 3],
  ['作用', 3, 3],
])
