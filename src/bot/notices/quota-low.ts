import type { Store } from '../../store/store.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import type { World } from '../roster/world.ts'
import { announced, tellDepartment } from './announce.ts'

/** Tells the organization department that DingTalk's quota of the month is nearly used up. */
export async function tellQuotaLow(
  store: Store,
  world: World,
  { kind, used, limit, instance }: { kind: 'calls' | 'pushes'; used: number; limit: number; instance: string },
): Promise<OutboxRow[]> {
  const what = kind === 'calls' ? '接口调用' : '消息推送'
  const text = `钉钉本月的${what}额度已用 ${used}/${limit}，用完后可能收不到消息或提醒。请联系管理员升级版本，或下月恢复。`
  return announced(store, (changes) => tellDepartment(changes, world, { text, about: 'quota', instance }))
}
