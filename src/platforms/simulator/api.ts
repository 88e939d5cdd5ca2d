import { type Answer, type Call, ok, Refusal, randomId } from './api-call.ts'
import type { Raw } from './api-server.ts'
import { sendMessage, updateCard } from './app-messages.ts'
import { menu, userGet } from './app-settings.ts'
import { appchat, webhookSend } from './group-messages.ts'
import type { Peer } from './peer.ts'

/** Routes a call of the server API to its handler. Throws Refusal. */
export function route(peer: Peer, call: Call): Answer | Raw {
  const path = call.path.replace(/^\/cgi-bin\//, '')
  const [room = '', action = ''] = path.split('/')
  if (path === 'gettoken') return giveToken(peer, call)
  if (room === 'webhook') return webhook(peer, call, action)
  checkToken(peer, call)
  if (room === 'appchat') return appchat(peer, call, action)
  if (room === 'menu') return menu(peer, call, action)
  if (path === 'message/send') return sendMessage(peer, call)
  if (path === 'message/update_template_card') return updateCard(peer, call)
  if (path === 'media/upload') return peer.media.upload(call)
  if (path === 'media/get') return mediaGet(peer, call)
  if (path === 'auth/getuserinfo') return whoAgreed(peer, call)
  if (path === 'user/get') return userGet(peer, call)
  if (path === 'agent/get') return ok({ agentid: peer.credentials.agentId, name: '党建助手', close: 0 })
  if (path === 'getcallbackip' || path === 'get_api_domain_ip') return ok({ ip_list: ['127.0.0.1'] })
  throw new Refusal(40066, 'unknown path')
}

/** A call by a group robot. Its key identifies the robot; no access_token is involved. */
function webhook(peer: Peer, call: Call, action: string): Answer {
  const key = call.query['key'] ?? ''
  if (!peer.groups.has(key)) throw new Refusal(93000, 'invalid webhook url')
  if (action === 'send') return webhookSend(peer, call)
  if (action === 'upload_media') return peer.media.upload(call, key)
  throw new Refusal(40066, 'unknown path')
}

function giveToken(peer: Peer, call: Call): Answer {
  if (call.query['corpid'] !== peer.credentials.corpId) throw new Refusal(40013, 'invalid corpid')
  if (call.query['corpsecret'] !== peer.credentials.secret) throw new Refusal(40001, 'invalid credential')
  const token = randomId(32)
  peer.tokens.set(token, peer.life() + 7_200_000)
  return ok({ access_token: token, expires_in: 7200 })
}

function checkToken(peer: Peer, call: Call): void {
  const token = call.query['access_token']
  if (!token) throw new Refusal(41001, 'access_token missing')
  const end = peer.tokens.get(token)
  if (end === undefined) throw new Refusal(40014, 'invalid access_token', { blame: false })
  if (end < peer.life()) throw new Refusal(42001, 'access_token expired', { blame: false })
}

function whoAgreed(peer: Peer, call: Call): Answer {
  const code = call.query['code'] ?? ''
  if (!peer.logins.has(code)) throw new Refusal(40029, 'invalid code', { blame: false })
  const userid = peer.logins.get(code)
  peer.logins.delete(code)
  return ok(userid === undefined ? { openid: randomId(16) } : { userid })
}

function mediaGet(peer: Peer, call: Call): Raw {
  const file = peer.media.find(call.query['media_id'] ?? '')
  if (!file) throw new Refusal(40007, 'invalid media_id')
  return file
}
