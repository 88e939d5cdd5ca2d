import type { CampaignFile, Finding } from './campaign-file.ts'

/**
 * The forms of the year whose numbers the plan leaves open: what a campaign file may say of each under `forms`, and the default if it says
 * nothing. `numbers` are in working days unless stated otherwise; `steps` go to the person.
 */
export const usualForms = {
  /** An answer to a 督查, counted from its sending, and again from a return. `sample` is the number of branches that 抽查 draws. */
  inspection: { numbers: { answer: 10, again: 5, sample: 3 }, steps: ['T-5', 'T-1', 'T-0'] },
  /** The general branch's quarterly report, counted from the end of the quarter. */
  'general-report': { numbers: { after: 5 }, steps: ['T-3', 'T-1'] },
  /** Sponsor and helper, counted from filing. */
  sponsor: { numbers: { after: 5 }, steps: ['T-1', 'T-0'] },
  /** Measures of a lagging branch, counted from the day it got its sponsor. */
  measures: { numbers: { after: 5 }, steps: ['T-3', 'T-1', 'T-0'] },
  /** Counted back from the date of a decision. */
  'hard-issues': { numbers: {}, steps: ['T-3', 'T-0'] },
  /** The number of units to be recognised. */
  brand: {
    numbers: { 特色支部从: 2, 特色支部到: 5, 特色院系从: 1, 特色院系到: 1, 党建品牌从: 1, 党建品牌到: 2 },
    steps: undefined,
  },
  /** The rows of the task list, by the records that keep them. 0: no row, for each plan has a list of its own. */
  tasks: {
    numbers: {
      regulations: 0,
      development: 0,
      training: 0,
      brand: 0,
      'secretary-lectures': 0,
      'committee-lectures': 0,
    },
    steps: undefined,
  },
} as const
export type UsualForm = keyof typeof usualForms
export type NumberOf<F extends UsualForm> = Extract<keyof (typeof usualForms)[F]['numbers'], string>

const error = (place: string, sentence: string): Finding => ({ level: '错误', place, sentence })
const usualNumbers = (name: string): Readonly<Record<string, number>> | undefined =>
  Object.entries(usualForms).find(([known]) => known === name)?.[1].numbers

/** Errors for numbers of a form that the program does not know or that are impossible. */
export const formErrors = ({ forms, taskList }: CampaignFile): Finding[] =>
  Object.entries(forms).flatMap(([form, { numbers = {} }]) => {
    const known = usualNumbers(form)
    if (!known) return []
    const all = { ...known, ...numbers }
    return Object.entries(numbers).flatMap(([name, value]) => {
      const place = `forms.${form}.numbers.${name}`
      if (known[name] === undefined)
        return [error(place, `没有这个数，${form} 可以写：${Object.keys(known).join('、') || '没有'}。`)]
      if (!Number.isInteger(value) || value < 1) return [error(place, `应为1以上的整数，写的是${value}。`)]
      const least = all[name.replace(/到$/u, '从')] ?? value
      if (least > value) return [error(place, `最多${value}个少于最少${least}个，请改正。`)]
      if (form === 'tasks' && !taskList.tasks.some(({ number }) => number === value))
        return [error(place, `任务清单里没有任务${value}，请改成清单里的序号。`)]
      return []
    })
  })
