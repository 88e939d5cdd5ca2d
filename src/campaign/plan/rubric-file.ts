import { z } from 'zod'
import { approverPosts } from '../scores/approval.ts'

/**
 * The rubric, the bands and the parts of a result, as a campaign file writes them. This file knows only shapes; `rubric-errors.ts` checks
 * what must fit.
 */

export const text = z.string().trim().min(1)
export const decision = text.describe('原文没有写明、由学校定下来的做法')
export const sourced = {
  words: text.describe('方案原文，一字不改'),
  source: text.describe('原文在方案里的位置'),
  decision: decision.exactOptional(),
}
const share = z.number().gt(0).max(1).describe('比例，0到1，如 0.3')

const Level = z.strictObject({
  name: text.max(4).describe('等次名称，如 好'),
  points: z.number().min(0).describe('得分'),
})
const levels = z.array(Level).min(2)

const Item = z.strictObject({
  number: z.int().min(1).describe('从1起连续编号'),
  label: text.max(8, '短名称不超过8个字').describe('手机上用的短名称，不超过8个字'),
  words: text.describe('这一项的原文'),
  points: z.number().min(0).describe('满分；不封顶的项写基础分；加分项、减分项写0'),
  open: z.literal(true).describe('不封顶：在基础分上加减，不低于0').exactOptional(),
  bonus: z.number().positive().describe('加分项：最多加几分').exactOptional(),
  deduct: z
    .strictObject({
      from: z.number().positive().describe('每次最少减几分'),
      to: z.number().positive().describe('最多减几分'),
    })
    .describe('减分项')
    .exactOptional(),
  levels: levels.describe('这一项自己的等次；不写则用 rubric.levels').exactOptional(),
})

const Section = z.strictObject({
  name: text.describe('类别名称'),
  words: text.describe('原文'),
  source: text.describe('原文的位置'),
  share: share.describe('占总分的比例，如 0.2；都写或都不写').exactOptional(),
  most: z.number().positive().describe('这一类最多计几分').exactOptional(),
  items: z.array(Item).min(1).describe('这一类的各项'),
})

const shape = {
  title: text.describe('评分表的标题'),
  step: z
    .strictObject({ points: z.number().positive().describe('打分以几分为一档，如 0.5'), decision })
    .describe('打分的步长'),
  total: z
    .strictObject({ points: z.number().positive().describe('总分；不封顶的写基础总分'), ...sourced })
    .describe('总分'),
  levels: levels.describe('按等次评分：各项从这里选一个，不打数字').exactOptional(),
  evidence: z.strictObject(sourced).describe('与基础分不同的项要写依据').exactOptional(),
  sections: z.array(Section).min(1).describe('各类，按原文的顺序'),
}

export const RubricFile = z.strictObject({
  kind: text.describe('用这张表的支部类别，与名册“支部类别”一栏相同；只有一张表时不写').exactOptional(),
  ...shape,
})
export const OtherRubric = z.strictObject({ kind: text.describe('用这张表的支部类别'), ...shape })
export type RubricFile = z.infer<typeof RubricFile>

/** The best band comes first. `from` and `to` are points. The file always says whether they belong to the band. */
export const Band = z.strictObject({
  name: text.describe('等级名称'),
  ...sourced,
  from: z.number().min(0).describe('下限'),
  inclusive: z.boolean().describe('下限本身算不算在内'),
  to: z.number().positive().describe('上限；不封顶的评分表，最高等级不写').exactOptional(),
  toInclusive: z.boolean().describe('上限本身算不算在内').exactOptional(),
  atMost: z
    .strictObject({ share, ...sourced })
    .describe('这一等级最多占全部支部的比例')
    .exactOptional(),
  orBelow: z
    .strictObject({ share, ...sourced })
    .describe('这一等级及以下至少占全部支部的比例')
    .exactOptional(),
})

export const ResultFile = z.strictObject({
  ...sourced,
  shares: z
    .array(
      z.strictObject({
        who: z
          .enum(['self', 'deciding', 'panel'])
          .describe('self 支部自评，deciding 党总支评分，panel 评议组打分的平均分'),
        share: share.describe('占比，如 0.4；合计为1'),
      }),
    )
    .describe('由谁的分数合成；不写则以党总支评分为准')
    .exactOptional(),
  rounding: z
    .strictObject({ decimals: z.int().min(0).max(4).describe('保留几位小数，四舍五入，只在最后一步'), decision })
    .describe('怎样取整')
    .exactOptional(),
})

export const VetoFile = z.strictObject({
  name: text.max(8).describe('一票否决事项的短名称'),
  ...sourced,
  atMost: text.describe('有这一情形的，最高只能定为哪个等级'),
})

export const ReviewFile = z.strictObject({
  ...sourced,
  approvals: z
    .array(
      z.strictObject({
        name: text.max(8, '不超过8个字').describe('由谁审定，如 党委'),
        by: z.enum(approverPosts, `应为 ${approverPosts.join('、')} 之一`).describe('由哪个职务说出或记下审定结果'),
        decision: decision.exactOptional(),
      }),
    )
    .min(1)
    .describe('评分之后、公示和备案之前逐级审定，按先后')
    .exactOptional(),
  notice: z
    .strictObject({ days: z.int().min(1).max(60).describe('公示几个工作日'), decision: decision.exactOptional() })
    .describe('备案之前先公示')
    .exactOptional(),
})
