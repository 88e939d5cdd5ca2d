import type { InPlace, Log } from '../../../bot/messages/channel.ts'

/** Tells what went out. From the last to the first: only then may delivery go on with what did not. */
export async function settled(places: readonly InPlace[], done: readonly InPlace[], log: Log): Promise<void> {
  for (const place of places.toReversed())
    await place
      .settle(done.includes(place))
      .catch((error: unknown) => log.error({ err: error, channel: 'aibot' }, 'an answer could not be settled'))
}
