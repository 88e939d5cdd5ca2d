import { parseDocument } from 'yaml'
import { z } from 'zod'
import { posts } from '../roster/roster.ts'
import {
  Band,
  decision,
  OtherRubric,
  ResultFile,
  ReviewFile,
  RubricFile,
  sourced,
  text,
  VetoFile,
} from './rubric-file.ts'

/**
 * The campaign file as it is written: the plan's own words (`words`), the paragraph they come from (`source`), the value they give, and the
 * decision that fixed it if the words leave it open (`decision`). This file knows only shapes; `errors.ts` checks what must fit together.
 */

/** `place` is a path in the file (`bands[0].from`); `sentence` is Chinese. */
export type Finding = { level: '错误' | '警告'; place: string; sentence: string }

const post = z.enum(posts, '没有这个职务，应为 posts 里左边的名字').describe('职务，posts 里左边的名字')
const date = z.iso.date().describe('日期，写作 2022-04-02')
const step = z.templateLiteral(['T-', z.int().min(0).max(250)], '阶梯写作 T-天数（工作日），如 T-10')
const workdays = z.int().min(1).max(250)

const ladder = {
  steps: z.array(step).min(1).describe('到期前哪几个工作日提醒本人，T-0 是当天'),
  groupSteps: z.array(step).describe('哪几个工作日在群里报数'),
  after: z.array(workdays).describe('到期后第几个工作日再提醒本人'),
  superiorAfter: workdays.describe('到期后第几个工作日告诉上级，一次'),
}
const ownLadder = {
  steps: ladder.steps.exactOptional(),
  groupSteps: ladder.groupSteps.exactOptional(),
  after: ladder.after.exactOptional(),
  superiorAfter: ladder.superiorAfter.exactOptional(),
}

const deadlines = '期限：4月底、6月15日、5月/12月、年底、每月月底、每季度、全年'

/** One of several rounds of grading in a year. The first opens with the campaign. */
const Period = z.strictObject({
  name: text.max(5, '不超过5个字').describe('这一次的叫法，如 上半年'),
  opens: text.describe('从哪天起收这一次的评分，如 11月1日；第一次不写').exactOptional(),
})

const Task = z.strictObject({
  number: z.int().min(1).describe('从1起连续编号'),
  name: text.describe('任务名称'),
  requirements: z.array(text).min(1).describe('具体要求，一条一行'),
  deadline: text.describe(deadlines),
  owners: text.describe('责任人：职务的叫法，或 ownerGroups 里的名称，用、或/隔开'),
  note: z.string().describe('备注；没有写空'),
  source: text.describe('原文的位置'),
})

const assignment = z
  .union([
    z.strictObject({ branches: z.literal('all').describe('全部支部'), ...sourced }),
    z.strictObject({
      branches: z
        .strictObject({ from: z.int().min(0).describe('最少几个'), to: z.int().min(1).describe('最多几个') })
        .describe('最少和最多联系几个支部'),
      ...sourced,
    }),
  ])
  .describe('联系几个支部')

/**
 * The plan's rules for a form that somebody owes, by the form's name. `numbers` are decisions where the plan gives no number, in working
 * days unless stated otherwise.
 */
const FormRules = z.strictObject({
  deadline: text.describe(deadlines).exactOptional(),
  ...sourced,
  numbers: z.record(text, z.number().min(0)).describe('原文没有写明的天数、个数，由学校定').exactOptional(),
  ...ownLadder,
})

export const CampaignFile = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, '只用字母、数字和连字符')
    .describe('这一年的标识，如 2022；开始使用后不要改'),
  name: text.describe('活动名称'),
  college: text.describe('学校党委全称'),
  document: text.describe('发文字号'),
  words: text.describe('方案里定下这项活动的那句原文'),
  source: text.describe('这句话的位置'),
  starts: date.describe('活动开始的日子'),
  ends: date.describe('活动结束的日子'),
  posts: z.record(post, text).describe('九种职务在名册和屏幕上的叫法；左边的名字不要改'),
  ownerGroups: z
    .array(
      z.strictObject({
        name: text.describe('责任人里的一类人'),
        posts: z.array(post).min(1).describe('指哪些职务，posts 里左边的名字'),
        decision,
      }),
    )
    .describe('责任人里按一类人写的，各指哪些职务'),
  rubric: RubricFile.describe('评分表'),
  otherRubrics: z.array(OtherRubric).min(1).describe('别的支部类别用的评分表').exactOptional(),
  bands: z.array(Band).min(2).describe('等级，从高到低'),
  result: ResultFile.describe('结果怎样由分数得出').exactOptional(),
  vetoes: z.array(VetoFile).min(1).describe('一票否决').exactOptional(),
  review: ReviewFile.describe('备案之前的步骤').exactOptional(),
  taskList: z
    .strictObject({
      title: text.describe('任务清单的标题'),
      tasks: z.array(Task).min(1).describe('各项任务，按原文的顺序'),
    })
    .describe('任务清单'),
  summaryTable: z
    .strictObject({
      title: text.describe('汇总表的标题；文件名也由它得出'),
      source: text.describe('原文的位置，如 附表2；文件左上角照写'),
    })
    .describe('汇总表'),
  ladder: z.strictObject({ ...ladder, decision }).describe('各项工作共用的提醒阶梯'),
  duties: z
    .strictObject({
      grading: z
        .strictObject({
          /** The plan's name for grading: 分类定级, 评星. Without it the name comes from the title of the summary table. */
          name: text.describe('定级这件事的叫法，如 星级评定；不写则从汇总表标题得出').exactOptional(),
          task: z.int().describe('任务清单里的序号'),
          deadline: text.describe(deadlines),
          periods: z.array(Period).min(2).describe('一年定级几次的，各次按期限的顺序；一年一次的不写').exactOptional(),
          ...sourced,
          inputs: z.strictObject(sourced).describe('定级依据哪些材料'),
          ...ownLadder,
        })
        .describe('支部定级'),
      'liaison-report': z
        .strictObject({
          task: z.int().describe('任务清单里的序号'),
          deadline: text.describe(deadlines),
          ...sourced,
          prompt: step.describe('在哪一级请本人填报'),
          ...ownLadder,
        })
        .describe('委员联系支部的月报'),
      'quarterly-report': z
        .strictObject({ deadline: text.describe(deadlines), ...sourced, ...ownLadder })
        .describe('季度报告'),
      meetings: z
        .strictObject({
          task: z.int().describe('任务清单里的序号'),
          ...sourced,
          kinds: z
            .array(
              z.strictObject({
                name: text.describe('会议名称'),
                every: z.enum(['month', 'quarter', 'year']).describe('每月、每季度、每年一次'),
                decision,
              }),
            )
            .min(1)
            .describe('要记录的会议'),
          ...ownLadder,
        })
        .describe('组织生活'),
    })
    .describe('各项工作的期限和提醒'),
  /** Duties of any name that one of our forms collects. */
  forms: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, '只用小写字母、数字和连字符'), FormRules)
    .default({})
    .describe('别的表单的期限和提醒，按表单的名字写'),
  liaison: z
    .strictObject({
      'committee-secretary': assignment,
      'deputy-secretary': assignment,
      'committee-member': assignment,
      visitsAMonth: z
        .strictObject({ branches: z.int().min(0).describe('几个支部'), ...sourced })
        .describe('每月至少到几个支部'),
    })
    .describe('党委委员联系支部'),
  conversion: z
    .strictObject({
      goal: z.number().min(0).max(1).describe('转化率目标，0到1'),
      deadline: text.describe(deadlines),
      ...sourced,
    })
    .describe('最低等级支部的转化'),
  mobileMembers: z
    .strictObject({
      careAfterMonths: z.int().min(1).describe('满几个月提醒联系关心'),
      lawfulStepsAfterMonths: z.int().min(1).describe('满几个月列出应走的程序'),
      ...sourced,
    })
    .describe('流动党员'),
  push: z
    .strictObject({
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时刻写作 时:分，如 "09:07"')
        .describe('每天推送的时刻'),
      decision,
    })
    .describe('推送'),
  calendar: z
    .strictObject({ overrides: z.record(date, z.enum(['work', 'off'])).describe('学校另有安排的日子：上班或休息') })
    .describe('放假安排'),
  switches: z
    .strictObject({
      namesInGroupsAfterDeadline: z.boolean().describe('到期之后是否可以在群里点名'),
    })
    .describe('开关'),
})
export type CampaignFile = z.infer<typeof CampaignFile>

const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : place ? `${place}.${String(key)}` : String(key)),
    '',
  ) || '文件'

const chinese = z.locales.zhCN().localeError

const error = (place: string, sentence: string): Finding => ({ level: '错误', place, sentence })

/** Reads the content of a file, or the faults of its form; never both. */
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
