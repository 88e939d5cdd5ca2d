import { type CampaignFile, type Finding, readCampaignFile } from './campaign-file.ts'
import { datesOf, type FileDates } from './file-dates.ts'
import { formErrors } from './forms.ts'
import { readOwners } from './owners.ts'
import { bandErrors, error, repeated, rubricErrors } from './rubric-errors.ts'

/**
 * Reads a file's text and checks that its parts fit together. Returns the file with the days of its deadlines, or all its errors (at least
 * one), each with a remedy. Never throws.
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

function otherErrors({ liaison, mobileMembers, push, review }: CampaignFile): Finding[] {
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
    ...repeated(review?.approvals ?? [], ({ name }) => name).map(({ at, value }) =>
      error(`review.approvals[${at}].name`, `“${value}”写了两次，分不出是哪一级，请换一个名称。`),
    ),
    ...(push.at >= firstPush && push.at < lastPush
      ? []
      : [error('push.at', `${push.at}在夜间，推送时刻应在${firstPush}以后、${lastPush}以前。`)]),
  ]
}
