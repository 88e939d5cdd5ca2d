const minute = 60_000
const mostCallers = 10_000

/** Allows at most `count` requests a minute from one address. The counts are forgotten with their minute. */
export function perMinute(count: number): (address: string) => boolean {
  let began = Date.now()
  const counts = new Map<string, number>()
  return (address) => {
    if (Date.now() - began >= minute || counts.size >= mostCallers) {
      counts.clear()
      began = Date.now()
    }
    const now = (counts.get(address) ?? 0) + 1
    counts.set(address, now)
    return now <= count
  }
}
