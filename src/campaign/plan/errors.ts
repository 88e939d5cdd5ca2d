import { type CampaignFile, type Finding, readCampaignFile } from './campaign-file.ts'
import { datesOf, type FileDates } from './file-dates.ts'
import { formErrors } from './forms.ts'
import { readOwners } from './owners.ts'

/**
 * A file of the right form that can mean something, with the days its deadlines mean; or every error in it, at least one, each with
 * what to do. Never throws.
 */
export function checkedFile(text: string): { file: CampaignFile; dates: FileDates } | { findings: Finding[] } {
  const read = readCampaignFile(text)
  if ('findings' in read) return read
  const { file } = read
  const found = datesOf(file)
  const findings = [
    ...rubricErrors(file),
    ...bandErrors(file),
    ...ownerErrors(file),
    ...dutyErrors(file),
    ...otherErrors(file),
    ...formErrors(file),
    ...('findings' in found ? found.findings : []),
  ]
  return findings.length > 0 || 'findings' in found ? { findings } : { file, dates: found.dates }
}

const error = (place: string, sentence: string): Finding => ({ level: '错误', place, sentence })
const isMultiple = (value: number, step: number): boolean => Math.abs(value / step - Math.round(value / step)) < 1e-6
const same = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6

/** Members of a list that have a value which an earlier one has already. */
const repeated = <T>(list: readonly T[], of: (one: T) => string | number): { at: number; value: string | number }[] => {
  const values = list.map(of)
  return values.flatMap((value, at) => (values.indexOf(value) < at ? [{ at, value }] : []))
}

function rubricErrors({ rubric }: CampaignFile): Finding[] {
  const { step, total, sections } = rubric
  const items = sections.flatMap(({ items: own }, i) =>
    own.map((item, j) => ({ ...item, place: `rubric.sections[${i}].items[${j}]` })),
  )
  const placeOf = (at: number): string => items[at]?.place ?? 'rubric'
  const sum = items.reduce((points, item) => points + item.points, 0)
  return [
    ...(same(sum, total.points)
      ? []
      : [
          error(
            'rubric.total.points',
            `各项分值合计${Number(sum.toFixed(6))}分，与总分${total.points}分不符，请核对各项分值。`,
          ),
        ]),
    ...items.flatMap(({ number, place }, i) =>
      number === i + 1
        ? []
        : [error(`${place}.number`, `这里应是第${i + 1}项，写的是${number}；各项请从1起连续编号。`)],
    ),
    ...items
      .filter(({ points }) => !isMultiple(points, step.points))
      .map(({ points, place }) =>
        error(`${place}.points`, `${points}分不是步长${step.points}分的倍数，请改分值或步长。`),
      ),
    ...repeated(items, ({ label }) => label).map(({ at, value }) =>
      error(`${placeOf(at)}.label`, `短名称“${value}”用了两次，请换一个。`),
    ),
    ...repeated(sections, ({ name }) => name).map(({ at, value }) =>
      error(`rubric.sections[${at}].name`, `“${value}”用了两次，请换一个名称。`),
    ),
  ]
}

/** From the best down: every total lies in exactly one band. */
function bandErrors({ bands, rubric: { total } }: CampaignFile): Finding[] {
  const [best] = bands
  const lowest = bands.at(-1)
  return [
    ...(best && !(same(best.to, total.points) && best.toInclusive)
      ? [error('bands[0].to', `最高等级应到总分${total.points}分为止并包含它，请改 to 和 toInclusive。`)]
      : []),
    ...(lowest && !(lowest.from === 0 && lowest.inclusive)
      ? [error(`bands[${bands.length - 1}].from`, '最低等级应从0分起并包含0分，请改 from 和 inclusive。')]
      : []),
    ...bands.flatMap((band, i) =>
      band.from < band.to ? [] : [error(`bands[${i}].from`, `“${band.name}”的下限应低于上限，请改正。`)],
    ),
    ...bands.slice(1).flatMap((worse, i) => {
      const better = bands[i]
      return better ? borderErrors(better, worse, `bands[${i + 1}].to`) : []
    }),
    ...repeated(bands, ({ name }) => name).map(({ at, value }) =>
      error(`bands[${at}].name`, `“${value}”用了两次，请换一个名称。`),
    ),
  ]
}

type Band = CampaignFile['bands'][number]
function borderErrors(better: Band, worse: Band, place: string): Finding[] {
  const names = `“${better.name}”和“${worse.name}”`
  if (worse.to > better.from) return [error(place, `${names}在${better.from}至${worse.to}分重叠，请改分数线。`)]
  if (worse.to < better.from) return [error(place, `${names}之间空出${worse.to}至${better.from}分，请改分数线。`)]
  if (better.inclusive && worse.toInclusive)
    return [error(place, `${better.from}分同时属于${names}，请只让一个包含它。`)]
  if (!better.inclusive && !worse.toInclusive)
    return [error(place, `${better.from}分不属于${names}中任何一个，请让一个包含它。`)]
  return []
}

function ownerErrors(file: CampaignFile): Finding[] {
  const { tasks } = file.taskList
  const names = Object.entries(file.posts)
  return [
    ...tasks.flatMap(({ owners }, i) => {
      const read = readOwners(owners, file)
      const place = `taskList.tasks[${i}].owners`
      return 'unknown' in read
        ? [error(place, `没有叫“${read.unknown}”的职务，请改责任人，或在 posts、ownerGroups 里写明它指谁。`)]
        : []
    }),
    ...tasks.flatMap(({ number }, i) =>
      number === i + 1
        ? []
        : [error(`taskList.tasks[${i}].number`, `这里应是任务${i + 1}，写的是${number}；请从1起连续编号。`)],
    ),
    ...repeated(names, ([, name]) => name).map(({ at, value }) =>
      error(`posts.${names[at]?.[0]}`, `“${value}”用了两次，名册里会分不清，请换一个叫法。`),
    ),
    ...repeated(file.ownerGroups, ({ name }) => name).map(({ at, value }) =>
      error(`ownerGroups[${at}].name`, `“${value}”写了两次，请合并。`),
    ),
  ]
}

function dutyErrors({ duties, ladder, taskList }: CampaignFile): Finding[] {
  const { grading, 'liaison-report': liaison, meetings } = duties
  const steps = liaison.steps ?? ladder.steps
  const referring = { grading, 'liaison-report': liaison, meetings }
  return [
    ...Object.entries(referring).flatMap(([name, { task }]) =>
      taskList.tasks.some(({ number }) => number === task)
        ? []
        : [error(`duties.${name}.task`, `任务清单里没有任务${task}，请改成清单里的序号。`)],
    ),
    ...(steps.includes(liaison.prompt)
      ? []
      : [
          error(
            'duties.liaison-report.prompt',
            `${liaison.prompt}不在提醒阶梯（${steps.join('、')}）里，请改成其中一级。`,
          ),
        ]),
    ...repeated(meetings.kinds, ({ name }) => name).map(({ at, value }) =>
      error(`duties.meetings.kinds[${at}].name`, `“${value}”写了两次，请删去一个。`),
    ),
  ]
}

const firstPush = '08:00'
const lastPush = '20:00'

function otherErrors({ liaison, mobileMembers, push }: CampaignFile): Finding[] {
  const posts = ['committee-secretary', 'deputy-secretary', 'committee-member'] as const
  return [
    ...posts.flatMap((post) => {
      const { branches } = liaison[post]
      return branches !== 'all' && branches.from > branches.to
        ? [error(`liaison.${post}.branches`, `最少${branches.from}个多于最多${branches.to}个，请改正。`)]
        : []
    }),
    ...(mobileMembers.careAfterMonths < mobileMembers.lawfulStepsAfterMonths
      ? []
      : [error('mobileMembers.careAfterMonths', '联系关心的月数应少于走程序的月数，请改正。')]),
    ...(push.at >= firstPush && push.at < lastPush
      ? []
      : [error('push.at', `${push.at}在夜间，推送时刻应在${firstPush}以后、${lastPush}以前。`)]),
  ]
}
