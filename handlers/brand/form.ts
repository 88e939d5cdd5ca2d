import { z } from 'zod'
import { secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type BrandSaid, readBrand, readDeed, stageIn } from '../../src/campaign/brand/read-brand.ts'
import { holds } from '../../src/campaign/roster/roster.ts'
import { taskOf } from '../../src/campaign/tasks/task-roles.ts'
import type { Form, Subject } from '../../src/forms/form.ts'
import { ownUnits, type Unit, unitIn } from '../../src/forms/own-units.ts'
import { record, standing } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { back, takesBack } from '../../src/forms/take-back.ts'
import { brandList } from './list.ts'
import { decide } from './recognition.ts'
import { type Brand, brands, recognitions, unitKey } from './records.ts'

type OfUnit = Subject & { unit: Unit }

const text = z.string().exactOptional()
const Draft: z.ZodType<BrandSaid> = z.strictObject({ name: text, stage: text, about: text })
const parts = [
  { id: 'name', label: '名称' },
  { id: 'stage', label: '阶段' },
  { id: 'about', label: '内容' },
] as const
const example = '品牌 名称：…，阶段：申报（或培育、成型），内容：…'

const isDepartment = ({ who }: Turn): boolean => holds(who, 'organization-department')
const subjectOf = (unit: Unit): OfUnit => ({ id: unitKey(unit), label: unit.name, unit })

async function subject(turn: Turn, said: string) {
  const units = ownUnits(turn)
  if (units.length === 0)
    return {
      say:
        said === ''
          ? await brandList(turn)
          : `请说明是哪个单位，如“品牌 软件教研室 认定特色支部”；各单位的品牌由本单位书记填写。`,
    }
  const { unit, rest } = unitIn(turn, said, units)
  const subjects = (unit ? [unit] : units).map(subjectOf)
  const [only] = subjects
  return only && subjects.length === 1 ? { subject: only, rest } : { among: subjects, rest }
}

async function recordOf(turn: Turn, unit: Unit): Promise<Brand | undefined> {
  const { kept } = await snapshotIn(turn, [brands])
  return standing(kept, brands).get(unitKey(unit))?.content
}

const shows = (said: BrandSaid): string[] =>
  parts.flatMap(({ id, label }) => (said[id] === undefined ? [] : [`${label}：${said[id]}`]))

async function overview(turn: Turn): Promise<string> {
  const lines: string[] = []
  for (const unit of ownUnits(turn)) {
    const known = await recordOf(turn, unit)
    lines.push(`${unit.name}：${known ? shows(known).join('，') : '还没有报品牌'}`)
  }
  return [
    ...(isDepartment(turn) ? [await brandList(turn)] : []),
    ...lines,
    `一支部一品牌，一条消息即可：“${example}”；只改一处也行，如“品牌 阶段：成型”。`,
  ].join('\n')
}

const takeBack = takesBack<OfUnit>({
  word: '品牌',
  which: '单位',
  records: brands,
  subject,
  record: ({ unit: { kind, id, name } }) => ({ ids: [kind, id], name: `${name}的品牌` }),
})

async function acts(turn: Turn, said: string): Promise<boolean> {
  const isOwn = back.test(said) && unitIn(turn, said.replace(back, ''), ownUnits(turn)).unit !== undefined
  const deed = isDepartment(turn) && !isOwn ? readDeed(said) : undefined
  if (deed) {
    await decide(turn, deed)
    return true
  }
  return takeBack(turn, said)
}

function asks(_: Turn, said: BrandSaid): string | undefined {
  if (said.stage !== undefined && stageIn(said.stage) === undefined)
    return `“${said.stage}”没有读懂，阶段应是申报、培育、成型中的一个。请回复“阶段：申报”这样的一句。`
  const missing = parts.filter(({ id }) => !said[id]).map(({ label }) => label)
  if (missing.length === 0) return undefined
  return `品牌：${missing.length < parts.length ? '已记下，还差' : '请告诉我'}${missing.join('、')}。如“${missing.map((label) => `${label}：${label === '阶段' ? '培育' : '…'}`).join('，')}”。`
}

async function submit(turn: Turn, { name = '', stage = '', about = '' }: BrandSaid, { unit }: OfUnit): Promise<string> {
  const content = { name, stage: stageIn(stage) ?? '申报', about }
  const { changed } = await record(turn, brands, { ids: [unit.kind, unit.id], content })
  if (!changed) return '与上次提交相同，没有新版本。'
  const task = taskOf(turn.campaign, 'brand')
  const state = content.stage === '成型' ? '已完成' : '进行中'
  return `${task ? `任务${task.number}“${task.name}”${state}，不用再报。` : ''}有变化请再说一次“品牌 …”。`
}

/** 一支部一品牌 of a unit. 组织部 recognises units and sees the list. */
export const brand: Form<BrandSaid, OfUnit> = {
  name: 'brand',
  word: '品牌',
  by: [...secretaries, 'organization-department'],
  use: '一支部一品牌',
  whose: '品牌由各书记填写，组织部认定',
  records: [brands, recognitions],
  draft: Draft,
  subject,
  find: (turn, id) => {
    const unit = ownUnits(turn).find((one) => unitKey(one) === id)
    return Promise.resolve(unit && subjectOf(unit))
  },
  overview,
  acts,
  nothing: {},
  /** What is on record already is not asked again (R3). */
  async read(turn, said, { subject: { unit }, before }) {
    const isOpen = Object.keys(before).length > 0
    const fields = readBrand(said, isOpen ? before : ((await recordOf(turn, unit)) ?? {}), { adds: isOpen })
    const stage = fields.stage === undefined ? undefined : stageIn(fields.stage)
    return { fields: stage ? { ...fields, stage } : fields }
  },
  asks,
  shows: (_, said) => shows(said),
  title: () => '一支部一品牌',
  parts: () => parts,
  replace: (said, part, words) =>
    part === 'name' || part === 'stage' || part === 'about' ? { ...said, [part]: words } : said,
  submit,
}
