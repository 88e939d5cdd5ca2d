import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { handlers } from '../../handlers/all.ts'
import { replyWith } from '../../handlers/first-day.ts'
import { schedules } from '../../schedules/all.ts'
import type { World } from '../bot/roster/world.ts'
import { maySay } from '../bot/turn/handler.ts'
import { secretaries } from '../bot/turn/rights.ts'
import { nothingTo } from '../bot/turn/words.ts'
import { inWords } from '../campaign/plan/worded.ts'
import { committeePosts, holdersOf, holds, type Person, type Post, posts } from '../campaign/roster/roster.ts'
import { readRosterFile } from '../campaign/roster/roster-file.ts'
import { loadEnvironment, readConfig, sampleRoster } from '../config.ts'
import { type GuidePaper, guideDocument } from '../documents/guide.ts'
import { stopped } from '../errors.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { command } from './run-command.ts'

const declared = {
  name: 'guides',
  about: '做两份可以打印的单页说明（党总支和党支部书记、党委委员），内容取自程序的命令和计划；例子取自 ROSTER_FILE。',
  wants: ['文件夹?'],
  options: {},
}

/** The cards: their readers and their titles. */
const cards = [
  { name: '书记一页通', readers: secretaries },
  { name: '委员一页通', readers: committeePosts },
] as const

await command(declared, async ({ given: [folder = '.'] }) => {
  const { campaignFile, rosterFile = sampleRoster } = readConfig(loadEnvironment())
  const campaign = await loadCampaign(campaignFile)
  const content = await readFile(rosterFile).catch(() => {
    throw stopped('roster-unreadable', { setting: 'ROSTER_FILE', file: rosterFile })
  })
  const world = { campaign, roster: readRosterFile(content, undefined, campaign.posts).roster }
  await mkdir(folder, { recursive: true })
  for (const { name, readers } of cards) {
    const { data, name: file } = await guideDocument(guideOf(`党建助手${name}`, readers, world))
    await writeFile(join(folder, file), data, { flag: 'wx' })
    process.stdout.write(`${join(folder, file)}\n`)
  }
})

type Known = Pick<World, 'campaign' | 'roster'>

function guideOf(title: string, readers: readonly Post[], world: Known): GuidePaper {
  const { campaign, roster } = world
  const people = readers.flatMap((post) =>
    holdersOf(roster, post)
      .slice(0, 1)
      .map((person) => holding(post, person)),
  )
  const [first] = people
  const { starts, ends, name } = campaign
  return {
    title,
    intro: [
      `“${name}”（${starts.year}年${starts.month}月${starts.day}日至${ends.month}月${ends.day}日）的事，在企业微信或钉钉里对“党建助手”说一句话就能办，到期前它会提醒。带密级标志的内容不要发。${first ? replyWith(world, first) : ''}`,
    ],
    dates: campaign.tasks
      .filter(({ owners }) => owners.posts.some((post) => readers.includes(post)))
      .map((task) => ({ name: `${task.number} ${task.name}`, until: task.deadline.words })),
    words: wordsOf(people, world),
    notes: [`填写时随时可以回复：${Object.keys(nothingTo).join('、')}。`],
  }
}

/** The person as if they held only this post, because a card is for everybody who holds it. */
function holding(post: Post, person: Person): Person {
  return { ...person, seats: person.seats.filter((seat) => seat.post === post) }
}

/** What the holders of these posts can say. If only some of them can say a thing, it names those. */
function wordsOf(people: readonly Person[], world: Known): GuidePaper['words'] {
  const { campaign } = world
  const commands = handlers(schedules).flatMap((handler) => handler.commands ?? [])
  return commands.flatMap((one) => {
    if (one.use === undefined) return []
    const able = people.filter((person) => maySay(person, one, world))
    if (able.length === 0) return []
    const names = posts.filter((post) => able.some((person) => holds(person, post))).map((post) => campaign.posts[post])
    const who = able.length === people.length ? '' : `（${names.join('、')}）`
    return [{ word: one.word, use: `${inWords(one.use, campaign)}${who}` }]
  })
}
