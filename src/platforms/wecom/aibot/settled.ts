import type { InPlace, Log } from '../../../bot/messages/channel.ts'

/** Reports which messages went out, from the last to the first, because delivery may go on with the others only after that. */
export async function settled(places: readonly InPlace[], done: readonly InPlace[], log: Log): Promise<void> {
  for (const place of places.toReversed())
    await place
      .settle(done.includes(place))
      .catch((error: unknown) => log.error({ err: error, channel: 'aibot' }, 'an answer could not be settled'))
}
