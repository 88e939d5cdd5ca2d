/** More words than a name has. */
const longestName = 5

/**
 * What may have been said to the bot in a group, the likeliest first. The text may hold the `@name` by which it was called, in front as a rule, or
 * at the end; a space of any kind ends it, and a name may have spaces itself.
 */
export function readingsInGroup(text: string): string[] {
  const words = text.split(/\s/).filter((word) => word !== '')
  const called = words.findLastIndex((word) => word.startsWith('@'))
  const behind = words[0]?.startsWith('@')
    ? Array.from({ length: Math.min(longestName, words.length) }, (_, n) => words.slice(n + 1).join(' '))
    : []
  return [...behind, ...(called > 0 ? [words.slice(0, called).join(' ')] : []), text]
}
