import { Temporal } from 'temporal-polyfill'
import { type Cell, grouped, type List, type Listed, unitName } from '../../src/bot/dashboard/list.ts'
import { countsSeen, maySeeScore, namesSeen, type Sight, seesAllBands } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { branchName, holds } from '../../src/campaign/roster/roster.ts'
import { figuresOf } from '../../src/campaign/scores/figures.ts'
import { bandIn, borderIn } from '../../src/campaign/scores/results.ts'
import { type Graded, isConverted } from '../../src/campaign/scores/rounds.ts'
import { bandNames } from '../../src/campaign/scores/rubric.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { isBranchSeen } from '../../src/forms/owed.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { conversionOf, gradeWords, type Lagging, laggingIn, laggingReads, numbered, regradeWords } from './records.ts'
import { regraded } from './regrade.ts'

const college: Sight = { college: true, generalBranches: [], branches: [] }
const nothing: Sight = { college: false, generalBranches: [], branches: [] }
const sees = (sight: Sight): boolean => sight.college || sight.generalBranches.length > 0
/**
 * Whose lagging branches a person sees by name: all for people who may say 后进, its own for a general branch. The party office sees counts.
 */
function laggingSeen({ who }: Turn): Sight {
  if (holds(who, 'organization-department', 'committee-secretary', 'deputy-secretary')) return college
  return holds(who, 'general-branch-secretary') ? { ...namesSeen(who), college: false } : nothing
}
/** People who may say 谁没交 also see the names of open measures. */
const measuresSeen = (turn: Turn): Sight =>
  sees(laggingSeen(turn)) && !namesSeen(turn.who).college ? laggingSeen(turn) : namesSeen(turn.who)

/** J9: the lagging branches of each general branch and how many rose, against the plan's goal. */
export const conversionList: List = {
  name: 'conversion',
  title: ({ bands }) => `${bands.lowest.name}党支部转化`,
  onPage: true,
  seen: ({ who }) => sees(countsSeen(who)),
  read: conversion,
}

/** The branches behind the conversion rate. */
export const laggingList: List = {
  name: 'lagging',
  title: ({ bands }) => `${bands.lowest.name}党支部`,
  onPage: false,
  seen: (turn) => sees(laggingSeen(turn)),
  read: lagging,
}

/** The measures behind the figure of 措施. */
export const measuresList: List = {
  name: 'measures',
  title: ({ bands }) => `${bands.lowest.name}党支部措施`,
  onPage: false,
  behind: '措施',
  seen: (turn) => sees(measuresSeen(turn)),
  read: measures,
}

/** The newest round of each branch behind the figure of 复评. */
export const regradingList: List = {
  name: 'regrading',
  title: '复评进展',
  onPage: false,
  behind: '复评',
  seen: ({ who }) => sees(namesSeen(who)),
  read: regrading,
}

/** How the branches stand in each round after the first. */
export const roundsList: List = {
  name: 'rounds',
  title: '复评定级',
  onPage: true,
  seen: ({ who }) => sees(countsSeen(who)),
  read: byRound,
}

const laggingOf = async (turn: Turn, sight: Sight) => {
  const snapshot = await snapshotIn(turn, laggingReads)
  return { snapshot, all: laggingIn(snapshot).filter(({ branch }) => isBranchSeen(branch, sight)) }
}

async function conversion(turn: Turn): Promise<Listed> {
  const { bands } = turn.campaign
  const { snapshot, all } = await laggingOf(turn, countsSeen(turn.who))
  const rows = [...grouped(all, ({ branch }) => unitName(turn, branch))].map(([unit, own]): Cell[] => {
    const risen = own.filter(({ rounds }) => isConverted(rounds, bands)).length
    const to = (text: string | number, where: { [column: string]: string }): Cell => ({
      text,
      link: { list: 'lagging', where: { 党总支: unit, ...where } },
    })
    return [
      unit,
      to(own.length, {}),
      to(risen, { 状态: '已转化' }),
      to(own.length - risen, { 状态: '未转化' }),
      to(`${Math.round((risen / own.length) * 100)}%`, {}),
    ]
  })
  return {
    columns: ['党总支', `${bands.lowest.name}支部`, '已转化', '未转化', '转化率'],
    rows,
    chart: { label: '党总支', values: ['已转化', '未转化'] },
    note: all.length === 0 ? `无${bands.lowest.name}党支部。` : `${conversionOf(snapshot, all).words}。`,
  }
}

async function lagging(turn: Turn): Promise<Listed> {
  const { bands } = turn.campaign
  const { snapshot, all } = await laggingOf(turn, laggingSeen(turn))
  const rows = all.map((one): Cell[] => {
    const { branch, rounds, helper, sponsor } = one
    const risen = isConverted(rounds, bands)
    return [
      unitName(turn, branch),
      one.name,
      rounds[0] ? gradeWords(rounds[0], bands) : '',
      sponsor ? sponsor.name : { text: '未确定', mark: 'open' },
      helper ? branchName(turn.roster, helper) : { text: '未确定', mark: 'open' },
      measuresFigure(one),
      regradeWords(snapshot, one),
      { text: risen ? '已转化' : '未转化', mark: risen ? 'done' : 'open' },
    ]
  })
  return { columns: ['党总支', '党支部', '第1轮', '包扶', '帮扶', '措施', '复评', '状态'], rows }
}

function measuresFigure({ name, measures: all }: Lagging): Cell {
  const own = numbered(all)
  if (own.length === 0) return { text: '未提出', mark: 'open' }
  const done = own.filter(({ measure }) => measure.state === '已完成').length
  return { text: `${done}/${own.length}`, link: { list: 'measures', where: { 党支部: name } } }
}

const stateMarks = { 未开始: 'open', 进行中: 'note', 已完成: 'done' } as const

async function measures(turn: Turn): Promise<Listed> {
  const { all } = await laggingOf(turn, measuresSeen(turn))
  const today = turn.now.toPlainDate()
  const rows = all.flatMap(({ branch, name, measures: own }) =>
    numbered(own).map(({ number, measure: { what, who, by, state, note = '' } }): Cell[] => {
      const day = Temporal.PlainDate.from(by)
      const late = state !== '已完成' && day.until(today).days > 0
      const due = dayWords(day)
      return [
        unitName(turn, branch),
        name,
        number,
        what,
        who,
        late ? { text: due, mark: 'late' } : due,
        { text: state, mark: stateMarks[state] },
        note,
      ]
    }),
  )
  return { columns: ['党总支', '党支部', '编号', '措施', '负责人', '时限', '状态', '情况'], rows }
}

const states = { none: '未评', returned: '退回', submitted: '已提交', filed: '已备案' } as const

/** Scores are shown only to people who may see them. */
async function regrading(turn: Turn): Promise<Listed> {
  const { bands } = turn.campaign
  const sight = namesSeen(turn.who)
  const rows = (await regraded(turn))
    .filter(({ branch }) => isBranchSeen(branch, sight))
    .map(({ branch, round, rounds }): Cell[] => {
      const card = rounds[round - 1]?.card
      const done = isDone(card)
      const scored = maySeeScore(turn.who, branch, { kind: 'deciding', filed: false })
      const words = (one: Graded | undefined): string => (one && scored ? gradeWords(one, bands) : '')
      return [
        unitName(turn, branch),
        branchName(turn.roster, branch),
        `第${round}轮`,
        { text: scored ? states[card?.state ?? 'none'] : done ? '已评' : '未评', mark: done ? 'done' : 'open' },
        words(rounds[round - 2]),
        words(rounds[round - 1]),
        card && scored ? bandIn(card, bands) : '',
        card && scored && borderIn(card, bands) !== undefined ? { text: '临界', mark: 'note' } : '',
      ]
    })
  return { columns: ['党总支', '党支部', '轮次', '状态', '上一轮', '本轮', '定级', '临界'], rows }
}

async function byRound(turn: Turn): Promise<Listed> {
  const { bands } = turn.campaign
  const names = bandNames(bands)
  const sight = countsSeen(turn.who)
  const all = (await regraded(turn)).filter(({ branch }) => isBranchSeen(branch, sight))
  const counts = seesAllBands(
    turn.who,
    all.map(({ branch }) => branch),
  )
  const rows = [...grouped(all, ({ branch, round }) => `${unitName(turn, branch)} 第${round}轮`)].map(
    ([key, own]): Cell[] => {
      const [unit = '', round = ''] = key.split(' ')
      const cards = own.flatMap((one) => one.rounds[one.round - 1]?.card ?? [])
      const { done, filed, inBand } = figuresOf(cards, bands, { all: counts })
      const to = (text: string | number, where: { [column: string]: string } = {}): Cell => ({
        text,
        link: { list: 'regrading', where: { 党总支: unit, 轮次: round, ...where } },
      })
      return [
        unit,
        round,
        to(`${done}/${own.length}`),
        counts ? to(filed, { 状态: states.filed }) : filed,
        ...names.map((name, i) => (counts ? to(inBand[i] ?? 0, { 定级: name }) : (inBand[i] ?? 0))),
      ]
    },
  )
  return {
    columns: ['党总支', '轮次', '已评/应评', '已备案', ...names],
    rows,
    note: `每个支部按最新一轮统计。${counts ? '未备案的为暂定。' : '定级只统计已备案的。'}`,
  }
}
