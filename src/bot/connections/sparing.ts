const pause = 60_000

/**
 * Logs the same line at most once a minute. The next line has the number of those in between as `repeated`. For events that others can
 * cause as often as they like.
 */
export function sparing(
  say: (more: { repeated?: number }, what: string) => void,
  now: () => number = () => performance.now(),
): (what: string) => void {
  const said = new Map<string, { at: number; repeated: number }>()
  return (what) => {
    const last = said.get(what)
    if (last && now() - last.at < pause) {
      last.repeated++
      return
    }
    said.set(what, { at: now(), repeated: 0 })
    say(last && last.repeated > 0 ? { repeated: last.repeated } : {}, what)
  }
}
