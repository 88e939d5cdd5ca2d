import type { Campaign } from '../../campaign/plan/campaign.ts'
import type { Ask, Button, Card } from '../messages/message.ts'

/**
 * Under a plan that grades several times a year, a button's key holds the period in which it was shown (`review:file:b1:2@1`), so that a
 * tap on an older card never changes the record of another period. With other plans the keys stay unchanged.
 */
export const keyedIn =
  ({ period }: Pick<Campaign, 'period'>) =>
  (key: string): string =>
    period ? `${key}@${period.number}` : key

/** The key of a button without its period, and the period's number, if the key has one. */
export function periodOfKey(button: string): { key: string; number?: number } {
  const found = /^(.*)@(\d+)$/su.exec(button)
  return found ? { key: found[1] ?? '', number: Number(found[2]) } : { key: button }
}

/** A card with such keys. */
export function cardIn(campaign: Pick<Campaign, 'period'>, card: Card): Card {
  const { ask } = card
  if (!campaign.period || !ask) return card
  const keyed = keyedIn(campaign)
  const button = (one: Button): Button => ({ ...one, key: keyed(one.key) })
  const asked: Ask =
    ask.kind === 'buttons' ? { ...ask, buttons: ask.buttons.map(button) } : { ...ask, submit: button(ask.submit) }
  return { ...card, ask: asked }
}
