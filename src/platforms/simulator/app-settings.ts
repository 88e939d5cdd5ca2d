import { type Answer, type Call, json, ok, Refusal } from './api-call.ts'
import { readMenu } from './menu.ts'
import type { Peer } from './peer.ts'

/** The app's menu (P-90231). A call sends the whole menu, which replaces the old one. */
export function menu(peer: Peer, call: Call, action: string): Answer {
  if (call.query['agentid'] !== String(peer.credentials.agentId)) throw new Refusal(40056, 'agentid')
  if (action === 'get') {
    if (!peer.menu) throw new Refusal(46003, 'no menu', { blame: false })
    return ok(peer.menu)
  }
  if (action === 'delete') {
    delete peer.menu
    return ok()
  }
  if (action !== 'create') throw new Refusal(40066, 'unknown path')
  peer.menu = readMenu(json(call))
  return ok()
}

/** GET /cgi-bin/user/get (P-90196): a member, as a self-built app sees it. */
export function userGet(peer: Peer, call: Call): Answer {
  const member = peer.members.get((call.query['userid'] ?? '').toLowerCase())
  if (!member) throw new Refusal(60111, 'userid not found', { blame: false })
  return ok({
    userid: member.account,
    name: member.name,
    department: [1],
    order: [0],
    position: '',
    status: 1,
    main_department: 1,
  })
}
