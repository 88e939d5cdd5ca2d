import { randomCredentials } from '../platforms/simulator/peer.ts'
import { startChild } from './child.ts'
import { callbacks, type Said } from './college.ts'
import { figure, type Line, rounded } from './line.ts'
import { load, median } from './load.ts'

/** Measures a plain program of the same kind (`peer-server.ts`) against the same bare server. */
export async function peerFigure(
  folder: string,
  said: readonly Said[],
  { rounds, count }: { rounds: number; count: number },
): Promise<Line> {
  const credentials = randomCredentials()
  const args = [credentials.token, credentials.encodingAesKey, folder]
  const bare = await startChild('bench/bare-server', { args, cwd: folder })
  const peer = await startChild('bench/peer-server', { args, cwd: folder })
  const ratios: { ours: number; bare: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const requests = callbacks(credentials, said, count)
    const ours = await load(peer.port, requests)
    const theirs = await load(bare.port, requests)
    if (round > 0) ratios.push({ ours: ours.perSecond, bare: theirs.perSecond })
  }
  await peer.stop()
  await bare.stop()
  const perSecond = median(ratios.map(({ ours }) => ours))
  return figure('peer', {
    peer: 'Koa, one durable insert',
    perSecond: rounded(perSecond),
    ratio: rounded(perSecond / median(ratios.map((one) => one.bare))),
  })
}
