/** Normalizes typed, pasted and dictated text before it is read. */

const traditional: { readonly [char: string]: string } = {
  項: '项',
  餘: '余',
  滿: '满',
  評: '评',
  給: '给',
  減: '减',
  總: '总',
  黨: '党',
  員: '员',
  領: '领',
  導: '导',
  學: '学',
  習: '习',
  組: '组',
  織: '织',
  務: '务',
  績: '绩',
  眾: '众',
  應: '应',
  機: '机',
  隊: '队',
  書: '书',
  記: '记',
  兩: '两',
  號: '号',
  條: '条',
  點: '点',
  爲: '为',
  為: '为',
  變: '变',
  後: '后',
  還: '还',
  無: '无',
  沒: '没',
  對: '对',
  錯: '错',
  與: '与',
  從: '从',
  個: '个',
  實: '实',
  調: '调',
  質: '质',
  詢: '询',
  訴: '诉',
  測: '测',
  樣: '样',
  減半: '减半',
}
const strange = new RegExp(
  `[${Object.keys(traditional)
    .filter((key) => key.length === 1)
    .join('')}]`,
  'g',
)
const invisible = /[\p{Cf}\p{Mn}\p{Me}\p{Co}\p{Cc}]/gu
/** Pictures and ornaments. √ and similar marks may be scores, so they stay. */
const ornament = /[\p{Extended_Pictographic}\p{Regional_Indicator}★☆●○◆◇■□▲△▶►※♪♥❤～…·•]/gu
const kept = /[①-⑳㈠-㈩]/
/** Characters that NFKC would split into marks with another meaning. */
const written: { readonly [char: string]: string } = { '½': '.5', '…': ' ', '➡': '→' }

/** Characters that NFKC may change. Nearly every character that people type is none of them. */
const uncommon = /[^\t\n -~\u4e00-\u9fff]/gu
/** A text in which there is nothing to take out. */
const isCommon = /^[\t\n -}、。\u4e00-\u9fff]*$/

/** One ~ between two numbers (3~5, 第3项~第5项) joins them; any other ~ is ornament. */
const joins = (run: string, at: number, whole: string): boolean =>
  run === '~' && /[\d项条]/.test(whole[at - 1] ?? '') && /^ {0,8}[\d第]/.test(whole.slice(at + 1, at + 10))

/**
 * Turns full-width forms into half-width ones, traditional characters of known words into simplified ones, and white space other than line
 * breaks and tabs into blanks. Removes invisible characters and ornaments. ①–⑳ stay, because they name items.
 */
export function plainText(text: string): string {
  const plain = text.replace(uncommon, (char) => (kept.test(char) ? char : (written[char] ?? char.normalize('NFKC'))))
  return (isCommon.test(plain) ? plain : withoutOrnaments(plain))
    .replace(strange, (char) => traditional[char] ?? char)
    .trim()
}

function withoutOrnaments(plain: string): string {
  return plain
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replace(invisible, (char) => (char === '\n' || char === '\t' ? char : ''))
    .replace(/[\p{Zs}]/gu, ' ')
    .replace(/\p{Extended_Pictographic}|~/gu, (char) => (/[\d#*]/.test(char) || char === '~' ? char : ' '))
    .replace(ornament, ' ')
    .replace(/~+/g, (run, at: number, whole: string) => (joins(run, at, whole) ? run : ' '))
}
