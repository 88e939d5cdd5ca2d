/** Makes a value for an object that never changes, once for each object. The value is released with the object. */
export function once<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { made: T }>()
  return (of) => {
    const before = known.get(of)
    if (before) return before.made
    const made = make(of)
    known.set(of, { made })
    return made
  }
}

/** Makes a value for a text, and not again while the text is among the last ones asked for: at least `most` of them. */
export function lately<T>(most: number, make: (text: string) => T): (text: string) => T {
  let [newer, older] = [new Map<string, T>(), new Map<string, T>()]
  return (text) => {
    const known = newer.get(text)
    if (known !== undefined) return known
    const made = older.get(text) ?? make(text)
    if (newer.size >= most) [newer, older] = [new Map(), newer]
    newer.set(text, made)
    return made
  }
}

/** Lists by key. A member with several keys is in each of their lists. */
export function listsBy<K, T>(all: Iterable<T>, keysOf: (one: T) => readonly K[]): Map<K, [T, ...T[]]> {
  const lists = new Map<K, [T, ...T[]]>()
  for (const one of all)
    for (const key of keysOf(one)) {
      const list = lists.get(key)
      if (list) list.push(one)
      else lists.set(key, [one])
    }
  return lists
}

/** What is known under a key, made when it is first asked for. */
export function remembered<K, T>(known: Map<K, T>, key: K, make: () => T): T {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}

/** Whether something holds for any of them, without a copy of all. */
export function isAny<T>(all: Iterable<T>, holds: (one: T) => boolean): boolean {
  for (const one of all) if (holds(one)) return true
  return false
}
