/** A text without blanks and these marks at both ends. Its time grows linearly with the length; a pattern for both ends would not. */
export function trimMarks(text: string, marks: string): string {
  const isMark = (char: string): boolean => marks.includes(char) || char.trim() === ''
  let from = 0
  let to = text.length
  while (from < to && isMark(text.charAt(from))) from++
  while (to > from && isMark(text.charAt(to - 1))) to--
  return text.slice(from, to)
}
