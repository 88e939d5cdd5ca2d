import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { branchName, type Roster } from '../campaign/roster/roster.ts'
import { readRosterFile } from '../campaign/roster/roster-file.ts'
import { scoredBy } from '../campaign/scores/scorecard.ts'
import { envelope, textXml } from '../platforms/simulator/callbacks.ts'
import type { Credentials } from '../platforms/simulator/peer.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'

export const campaignFile = 'campaigns/2022/campaign.yaml'
/** The sample's invented people. */
const rosterFile = 'campaigns/2022/roster.xlsx'

export type Said = { account: string; text: string }

/** Everybody asks for help; the answer is a text. */
export const help = (roster: Roster): Said[] =>
  roster.people.flatMap(({ accounts }) =>
    accounts.wecom === undefined ? [] : { account: accounts.wecom, text: '帮助' },
  )

/** Every secretary scores a branch, all 18 items in one text; the answer is a draft and its confirmation card. */
export const scoring = (roster: Roster): Said[] =>
  roster.people.flatMap((person) => {
    const [first] = scoredBy(roster, person)
    const account = person.accounts.wecom
    return first && account ? { account, text: `评分 ${branchName(roster, first.branch)} 除3扣1、15扣2，其余满分` } : []
  })

/** The roster of the sample campaign. */
export async function sampleRoster(): Promise<Roster> {
  const { posts } = await loadCampaign(campaignFile)
  return readRosterFile(await readFile(rosterFile), undefined, posts).roster
}

let messages = 0
/** `count` callbacks as they go over the wire. Each is a message of its own; the senders take turns. */
export function callbacks(credentials: Credentials, said: readonly Said[], count: number): Buffer[] {
  const now = Date.now()
  return Array.from({ length: count }, (_, i) => {
    const { account, text } = said[i % said.length] ?? { account: '', text: '' }
    const id = `${now}${String(++messages % 1_000_000).padStart(6, '0')}`
    const seconds = Math.floor(now / 1000)
    const { query, body } = envelope(credentials, textXml(credentials, account, { seconds, text, msgId: id }), seconds)
    const head = `POST /wecom/callback?${query} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`
    return Buffer.from(head + body)
  })
}

/** A WeCom API that accepts everything, so that sending costs the bench next to nothing. */
export async function agreeableApi(): Promise<{ base: string; close: () => void }> {
  const yes = JSON.stringify({
    errcode: 0,
    errmsg: 'ok',
    access_token: 'token',
    expires_in: 7200,
    msgid: 'm',
    button: [],
  })
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json')
    response.end(yes)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    base: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
