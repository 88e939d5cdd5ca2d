/** A name has fewer words than this. */
const longestName = 5

/**
 * What a text in a group may have said to the bot, the likeliest first. The text may hold the `@name` that called the bot, usually in
 * front, or at the end. Any kind of space ends it, and a name may contain spaces.
 */
export function readingsInGroup(text: string): string[] {
  const words = text.split(/\s/).filter((word) => word !== '')
  const called = words.findLastIndex((word) => word.startsWith('@'))
  const behind = words[0]?.startsWith('@')
    ? Array.from({ length: Math.min(longestName, words.length) }, (_, n) => words.slice(n + 1).join(' '))
    : []
  return [...behind, ...(called > 0 ? [words.slice(0, called).join(' ')] : []), text]
}
