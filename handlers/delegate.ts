import { dayOf } from '../src/bot/clock.ts'
import { type Delegation, delegatedDays, delegations } from '../src/bot/records/delegations.ts'
import { keepDraft } from '../src/bot/records/drafts.ts'
import { resultFor, rubricOf } from '../src/bot/records/results.ts'
import { cardOf } from '../src/bot/records/rounds.ts'
import { buttonKey, type Handler } from '../src/bot/turn/handler.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { splitBranch } from '../src/campaign/reading/names.ts'
import { emptyReport } from '../src/campaign/reading/read-report.ts'
import { readCard } from '../src/campaign/reading/read-scores.ts'
import { readDelegation } from '../src/campaign/reading/read-when.ts'
import { takenUp } from '../src/campaign/reports/draft.ts'
import { fullNames, namesOf } from '../src/campaign/roster/branch-names.ts'
import { branchName, committeePosts, holds, type Person } from '../src/campaign/roster/roster.ts'
import { sentenceOf } from '../src/campaign/scores/results.ts'
import { fullMarks, isComplete } from '../src/campaign/scores/rubric.ts'
import { isDone, scoredBy } from '../src/campaign/scores/scorecard.ts'
import { content, partNames } from './report/cards.ts'
import { currentMonth, monthWords, recordOf, reportForm } from './report/month.ts'
import { branchesOf } from './report/own.ts'
import { shortName } from './score/cards.ts'
import { known, roundField, scoreForm, subjectOf } from './score/sheet.ts'

const name = 'delegate'

export const delegating: Handler = {
  name,
  async interrupts(turn, text) {
    if (turn.session.focus?.ownWords) return false
    const ended = endsDelegation(text)
    const delegate = readDelegation(text)
    if (ended !== undefined) await endDelegations(turn, ended)
    else if (delegate !== undefined) await ask(turn, delegate)
    else if (/^\s*代填[\s:：]/.test(text)) await fillIn(turn, text.replace(/^\s*代填[\s:：]+/, ''))
    else return false
    return true
  },
  async taps(turn, { action, args }) {
    const delegate = turn.roster.people.find((one) => one.id === args[0])
    if (action === 'ask' && delegate) await delegateTo(turn, delegate)
  },
}

const mayBeFilledIn = (turn: Turn, person: Person): boolean =>
  holds(person, ...committeePosts) || scoredBy(turn.roster, person).length > 0

async function ask(turn: Turn, delegateName: string): Promise<void> {
  const found = turn.roster.people.filter((one) => one.name === delegateName && one.id !== turn.who.id)
  const [only] = found
  if (!mayBeFilledIn(turn, turn.who)) return turn.say('您目前没有需要填报的事项，不用代填。')
  if (!only) return turn.say(`名册里没有“${delegateName}”，请写全名。`)
  if (found.length === 1) return delegateTo(turn, only)
  turn.show({
    title: `哪一位${delegateName}`.slice(0, 16),
    ask: {
      kind: 'buttons',
      buttons: found.slice(0, 6).map((one, i) => ({
        text: one.seats[0] ? turn.campaign.posts[one.seats[0].post] : `第${i + 1}位`,
        key: buttonKey(name, 'ask', one.id),
      })),
    },
  })
}

async function delegateTo(turn: Turn, delegate: Person): Promise<void> {
  const isMember = holds(turn.who, ...committeePosts)
  const month = isMember
    ? await currentMonth(turn, async (one) => (await recordOf(turn, one)) === undefined)
    : undefined
  await turn.put(delegations, [delegate.id, turn.who.id], {
    at: turn.now.toString({ timeZoneName: 'never' }),
    ...(month === undefined ? {} : { month }),
  })
  const what = month === undefined ? '支部评分' : `${monthWords(month)}联系支部报告`
  const how =
    what === '支部评分'
      ? `代填 ${turn.who.name} 支部名 除3扣1，其余满分`
      : `代填 ${turn.who.name} 到了哪个支部、看到什么、解决了什么、有什么难点`
  await turn.tell(delegate, `${turn.who.name}请您代填${what}。请回复“${how}”。填好后由本人确认提交。`, name, {
    urgent: true,
  })
  turn.say(
    `已请${delegate.name}代填${what}。填好后会发给您，确认后才算提交。办完或${delegatedDays}天后自动结束，也可以说“不用代填了”。`,
  )
}

/** The delegation has come to its end: with its duty, or by time. */
async function isOver(turn: Turn, { at, month }: Delegation, principal: Person): Promise<boolean> {
  if (dayOf(at).until(turn.now.toPlainDate()).days > delegatedDays) return true
  if (month !== undefined) return (await recordOf(turn, month, principal.id)) !== undefined
  for (const { branch, kind } of scoredBy(turn.roster, principal))
    if (!isDone(await cardOf(turn, branch, kind))) return false
  return true
}

/** Who asked this person to fill in, as far as that still holds. */
async function principalsOf(turn: Turn): Promise<Person[]> {
  const found: Person[] = []
  for (const { ids, value } of await turn.list(delegations, turn.who.id)) {
    const principal = turn.roster.people.find((one) => one.id === ids[1])
    if (!principal) continue
    if (await isOver(turn, value, principal)) await turn.remove(delegations, ids)
    else found.push(principal)
  }
  return found
}

const ending =
  /^(?:请|现在|以后)?(?:不用|不需要|不必|取消|停止|结束|别)(?:再)?(?:让|请|由|找)?(?<name>\p{Script=Han}{2,4}?)?(?:再)?(?:帮我|替我|给我)?代(?:填|办|写|报)(?:了|吧)?[。！!]*$/u
/** Whose filling in is to end, empty where nobody is named; undefined: the text says nothing of the kind. */
function endsDelegation(text: string): string | undefined {
  const found = ending.exec(text.normalize('NFKC').replace(/\s/g, ''))
  return found ? (found.groups?.['name'] ?? '') : undefined
}

async function endDelegations(turn: Turn, delegateName: string): Promise<void> {
  const mine = (await turn.list(delegations)).flatMap(({ ids }) => {
    const delegate = turn.roster.people.find((one) => one.id === ids[0])
    const isMeant = !delegateName || delegate?.name === delegateName
    return ids[1] === turn.who.id && isMeant ? [{ ids, delegate }] : []
  })
  for (const { ids, delegate } of mine) {
    await turn.remove(delegations, ids)
    if (delegate) await turn.tell(delegate, `${turn.who.name}说不用代填了，谢谢。`, name, { urgent: true })
  }
  const names = mine.flatMap(({ delegate }) => delegate?.name ?? []).join('、')
  turn.say(mine.length > 0 ? `好的，不再由${names || '他人'}代填，由您本人填报。` : '目前没有请人代填。')
}

async function fillIn(turn: Turn, text: string): Promise<void> {
  const asked = await principalsOf(turn)
  const principal = asked.find((one) => text.startsWith(one.name))
  if (!principal) {
    const names = asked.map((one) => one.name).join('、')
    return turn.say(names ? `请写明代谁填：“代填 姓名 内容”。请您代填的有：${names}。` : '目前没有人请您代填。')
  }
  const said = text.slice(principal.name.length).replace(/^[\s:：，,]+/, '')
  if (!said) return turn.say(`请在后面写上内容：“代填 ${principal.name} 内容”。`)
  if (!(await fillScores(turn, principal, said))) await fillReport(turn, principal, said)
}

async function fillScores(turn: Turn, principal: Person, text: string): Promise<boolean> {
  const sheets = scoredBy(turn.roster, principal).map(({ branch, kind }) => ({
    branch,
    kind,
    name: branchName(turn.roster, branch),
    subject: subjectOf(branch, kind),
  }))
  const begun = splitBranch(text.replace(/^评分[\s:：]*/, ''), known(turn, sheets))
  const sheet =
    begun?.match.kind === 'one'
      ? sheets.find((one) => begun.match.kind === 'one' && one.subject === begun.match.id)
      : undefined
  if (!begun || !sheet) return false
  const rubric = rubricOf(turn, sheet.branch)
  const reading = readCard(begun.rest, rubric)
  if (reading.kind === 'other') return false
  if (reading.kind === 'unread' || !isComplete(reading.scores)) {
    turn.say(
      reading.kind === 'unread'
        ? reading.sentence
        : `${fullMarks(rubric).length}项没有写全，请写全后再发，如“除3扣1，其余满分”。`,
    )
    return true
  }
  const fields = { scores: [...reading.scores], todo: [], ...(await roundField(turn, sheet)) }
  await keepDraft(turn, scoreForm, sheet.subject, fields, principal.id)
  const { scores } = reading
  const sum = sentenceOf({ scores, result: await resultFor(turn, { ...sheet, scores }) }, turn.campaign.bands)
  await turn.tell(
    principal,
    `${turn.who.name}已代填${sheet.name}评分：${sum}。请回复“评分 ${shortName(sheet.name)}”核对后提交。`,
    name,
    { urgent: true },
  )
  turn.say(`${sheet.name}：${sum}。已请${principal.name}核对，本人确认后提交。`)
  return true
}

async function fillReport(turn: Turn, principal: Person, text: string): Promise<void> {
  if (!holds(principal, ...committeePosts))
    return turn.say(`没有读懂是哪个支部的评分。请写“代填 ${principal.name} 支部名 除3扣1，其余满分”。`)
  const month = await currentMonth(turn, async (one) => (await recordOf(turn, one, principal.id)) === undefined)
  const own = await branchesOf(turn, principal)
  const { report } = takenUp(emptyReport, text, { own: namesOf(turn.roster, own), all: namesOf(turn.roster) })
  await keepDraft(turn, reportForm, month, report, principal.id)
  const names = fullNames(turn.roster, report.branches)
  const whole = content(report, names)
  await turn.tell(
    principal,
    `${turn.who.name}已代填您的${monthWords(month)}联系支部报告：\n${whole}\n请回复“月报 ${monthWords(month)}”核对后提交。`,
    name,
    { urgent: true },
  )
  turn.say(
    `已记下（${partNames.branch}：${names.join('、') || '未写明'}），并请${principal.name}核对，本人确认后提交。`,
  )
}
