import { parseDocument } from 'yaml'
import { z } from 'zod'
import { posts } from '../roster/roster.ts'

/**
 * The campaign file as it is written: the plan's own words (`words`), the paragraph they come from (`source`), the value they
 * give, and the decision that fixed it where the words leave it open (`decision`). Shapes only; what must fit together is
 * checked in `errors.ts`.
 */

/** `place` is a path in the file (`bands[0].from`), `sentence` Chinese. */
export type Finding = { level: '错误' | '警告'; place: string; sentence: string }

const text = z.string().trim().min(1)
const post = z.enum(posts, '没有这个职务，应为 posts 里左边的名字')
const date = z.iso.date()
const sourced = { words: text, source: text, decision: text.exactOptional() }
const step = z.templateLiteral(['T-', z.int().min(0).max(250)], '阶梯写作 T-天数（工作日），如 T-10')
const workdays = z.int().min(1).max(250)

const ladder = {
  steps: z.array(step).min(1),
  groupSteps: z.array(step),
  after: z.array(workdays),
  superiorAfter: workdays,
}
const ownLadder = {
  steps: ladder.steps.exactOptional(),
  groupSteps: ladder.groupSteps.exactOptional(),
  after: ladder.after.exactOptional(),
  superiorAfter: ladder.superiorAfter.exactOptional(),
}

const Item = z.strictObject({
  number: z.int().min(1),
  label: text.max(8, '短名称不超过8个字'),
  words: text,
  points: z.number().positive(),
})
const Section = z.strictObject({ name: text, words: text, source: text, items: z.array(Item).min(1) })

/** The best band first. `from` and `to` are points; whether they belong to the band is said, never implied. */
const Band = z.strictObject({
  name: text,
  ...sourced,
  from: z.number().min(0),
  inclusive: z.boolean(),
  to: z.number().positive(),
  toInclusive: z.boolean(),
})

const Task = z.strictObject({
  number: z.int().min(1),
  name: text,
  requirements: z.array(text).min(1),
  deadline: text,
  owners: text,
  note: z.string(),
  source: text,
})

const assignment = z.union([
  z.strictObject({ branches: z.literal('all'), ...sourced }),
  z.strictObject({ branches: z.strictObject({ from: z.int().min(0), to: z.int().min(1) }), ...sourced }),
])

/**
 * What the plan says of a form that somebody owes, by the form's name. `numbers`: decisions where the plan gives none, in working days
 * unless said otherwise.
 */
const FormRules = z.strictObject({
  deadline: text.exactOptional(),
  ...sourced,
  numbers: z.record(text, z.number().min(0)).exactOptional(),
  ...ownLadder,
})

export const CampaignFile = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9-]+$/, '只用字母、数字和连字符'),
  name: text,
  college: text,
  document: text,
  words: text,
  source: text,
  starts: date,
  ends: date,
  posts: z.record(post, text),
  ownerGroups: z.array(z.strictObject({ name: text, posts: z.array(post).min(1), decision: text })),
  rubric: z.strictObject({
    title: text,
    step: z.strictObject({ points: z.number().positive(), decision: text }),
    total: z.strictObject({ points: z.number().positive(), ...sourced }),
    sections: z.array(Section).min(1),
  }),
  bands: z.array(Band).min(2),
  taskList: z.strictObject({ title: text, tasks: z.array(Task).min(1) }),
  summaryTable: z.strictObject({ title: text, source: text }),
  ladder: z.strictObject({ ...ladder, decision: text }),
  duties: z.strictObject({
    grading: z.strictObject({
      /** How the plan calls it: 分类定级, 评星. Without it as in the title of the summary table. */
      name: text.exactOptional(),
      task: z.int(),
      deadline: text,
      ...sourced,
      inputs: z.strictObject(sourced),
      ...ownLadder,
    }),
    'liaison-report': z.strictObject({ task: z.int(), deadline: text, ...sourced, prompt: step, ...ownLadder }),
    'quarterly-report': z.strictObject({ deadline: text, ...sourced, ...ownLadder }),
    meetings: z.strictObject({
      task: z.int(),
      ...sourced,
      kinds: z
        .array(z.strictObject({ name: text, every: z.enum(['month', 'quarter', 'year']), decision: text }))
        .min(1),
      ...ownLadder,
    }),
  }),
  /** Duties of any name that a form of ours collects. */
  forms: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, '只用小写字母、数字和连字符'), FormRules).default({}),
  liaison: z.strictObject({
    'committee-secretary': assignment,
    'deputy-secretary': assignment,
    'committee-member': assignment,
    visitsAMonth: z.strictObject({ branches: z.int().min(0), ...sourced }),
  }),
  conversion: z.strictObject({ goal: z.number().min(0).max(1), deadline: text, ...sourced }),
  mobileMembers: z.strictObject({
    careAfterMonths: z.int().min(1),
    lawfulStepsAfterMonths: z.int().min(1),
    ...sourced,
  }),
  push: z.strictObject({
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时刻写作 时:分，如 "09:07"'),
    decision: text,
  }),
  calendar: z.strictObject({ overrides: z.record(date, z.enum(['work', 'off'])) }),
  switches: z.strictObject({
    namesInGroupsAfterDeadline: z.boolean(),
  }),
})
export type CampaignFile = z.infer<typeof CampaignFile>

export const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : place ? `${place}.${String(key)}` : String(key)),
    '',
  ) || '文件'

const chinese = z.locales.zhCN().localeError

const error = (place: string, sentence: string): Finding => ({ level: '错误', place, sentence })

/** The file's content, or what is wrong with its form. Never both. */
export function readCampaignFile(text: string): { file: CampaignFile } | { findings: Finding[] } {
  const yaml = readYaml(text)
  if ('finding' in yaml) return { findings: [yaml.finding] }
  const read = CampaignFile.safeParse(yaml.content, { error: chinese })
  if (read.success) return { file: read.data }
  return { findings: read.error.issues.map(({ path, message }) => error(placeOf(path), `${message}。`)) }
}

function readYaml(text: string): { content: unknown } | { finding: Finding } {
  const document = parseDocument(text)
  const [broken] = document.errors
  if (broken) {
    const line = broken.linePos?.[0].line
    return {
      finding: error(line ? `第${line}行` : '文件', `不是有效的 YAML（${broken.code}），请检查缩进、冒号和引号。`),
    }
  }
  try {
    return { content: document.toJS() }
  } catch {
    return { finding: error('文件', '不是有效的 YAML：引用（*）找不到或太多，请直接写出内容。') }
  }
}
