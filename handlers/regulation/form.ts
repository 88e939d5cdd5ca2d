import type { By } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { withLabels } from '../../src/campaign/regulation/read-regulation.ts'
import { holds } from '../../src/campaign/roster/roster.ts'
import { taskOf } from '../../src/campaign/tasks/task-roles.ts'
import { type Filled, sampleOf } from '../../src/forms/fields.ts'
import type { Form, Subject } from '../../src/forms/form.ts'
import { ofFields } from '../../src/forms/of-fields.ts'
import { newId, record, standing, withdraw } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { back } from '../../src/forms/take-back.ts'
import { proposalFields, proposals, regulationOf } from './records.ts'

/** The owners of the task about regulations. */
const proposers: By = (person, { campaign }) => {
  const task = taskOf(campaign, 'regulations')
  return task !== undefined && holds(person, ...task.owners.posts)
}

const title = '制度修改建议'
const mine: Subject = { id: 'own', label: title }

type Own = { id: string; words: { [field: string]: string } }
async function ownProposals(turn: Turn): Promise<Own[]> {
  const { kept } = await snapshotIn(turn, [proposals])
  return [...standing(kept, proposals)].flatMap(([key, { content }]) => {
    const [person, id = ''] = key.split('~')
    return person === turn.who.id ? [{ id, words: content }] : []
  })
}

async function overview(turn: Turn): Promise<string> {
  const own = await ownProposals(turn)
  return [
    own.length > 0 ? `您提过${own.length}条制度修改建议：` : '您还没有提过制度修改建议。',
    ...own.map(({ words }) => `${words['name'] ?? ''}：${words['change'] ?? ''}`),
    '要提请回复，一条消息即可：“制度 《…》，堵点：…，修改建议：…，依据：…”。',
  ].join('\n')
}

async function acts(turn: Turn, text: string): Promise<boolean> {
  if (!back.test(text)) return false
  const said = text.replace(back, '')
  const own = await ownProposals(turn)
  const found = own.find(({ words }) => regulationOf(said).startsWith(regulationOf(words['name'] ?? '')))
  if (!found) turn.say('没有找到这条建议。您提过的请回复“制度”，撤销请说“制度 撤销 《制度名称》 原因”。')
  else {
    const name = found.words['name'] ?? ''
    const reason = reasonAfter(said, regulationOf(name))
    if (reason === '') turn.say(`撤销请写明原因，如“制度 撤销 ${name} 原因”。`)
    else if (await withdraw(turn, proposals, { ids: [turn.who.id, found.id], reason }))
      turn.say(`已撤销：${name}的修改建议。`)
  }
  return true
}

/** The words after a name, whose marks may be written in another way. */
function reasonAfter(said: string, name: string): string {
  let at = 0
  for (let begun = ''; at < said.length && begun !== name; at++) begun = regulationOf(said.slice(0, at + 1))
  return said.slice(at).replace(/^[\s》”」"'，,：:]+/u, '')
}

async function submit(turn: Turn, { words }: Filled): Promise<string> {
  const own = await ownProposals(turn)
  const before = own.find((one) => regulationOf(one.words['name'] ?? '') === regulationOf(words['name'] ?? ''))
  const { changed } = await record(turn, proposals, {
    ids: [turn.who.id, before?.id ?? newId(turn, 'regulation')],
    content: words,
  })
  if (!changed) return '与上次提交相同，没有新版本。'
  return turn.worded`${before ? '替换了您对这项制度的上一条建议。' : ''}组织部和党委办公室可在“制度汇总”里看到。`
}

const made = ofFields(
  () => proposalFields,
  () => title,
)
/** The name without the mark that ends its sentence. */
const bareName = ({ name, ...words }: Filled['words']): Filled['words'] =>
  name === undefined ? words : { name: name.replace(/[。.，,；;]$/u, ''), ...words }

/** A proposal to revise a regulation; each person makes one for each regulation. */
export const regulation: Form<Filled> = {
  ...made,
  async read(turn, typed, on) {
    const text = on.before.words['name'] === undefined ? withLabels(typed) : typed
    const { fields, ...remarks } = await made.read(turn, text, on)
    return { fields: { ...fields, words: bareName(fields.words) }, ...remarks }
  },
  name: 'regulation',
  word: '制度',
  by: proposers,
  use: '制度修改建议',
  whose: '制度修改建议由党委各部门和各书记提出',
  records: [proposals],
  subject: (_, text) => Promise.resolve({ subject: mine, rest: text }),
  find: (_, id) => Promise.resolve(id === mine.id ? mine : undefined),
  sample: sampleOf(Object.values(proposalFields)),
  overview,
  acts,
  title: () => title,
  submit,
}
