const minute = 60_000
const mostCallers = 10_000

/** At most `count` a minute from one address. What is counted is forgotten with its minute. */
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
