import { setFlagsFromString } from 'node:v8'

/**
 * Lets the heap grow to twice of what is alive before the dead is collected. Node's default is up to four times of it: a third more memory
 * under load, and no measurable time less. Returns what gives it its usual growth back.
 */
export function keepHeapSmall(): () => void {
  setFlagsFromString('--heap-growing-percent=100')
  return () => setFlagsFromString('--heap-growing-percent=0')
}
