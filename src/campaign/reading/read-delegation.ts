import { normalize } from '../roster/name-index.ts'

/** The longest text that asks somebody to fill in, in characters. */
const longest = 120

const delegation =
  /^(?:我|这次|本月|月报|评分|报告|以后|想|要|[，, ]){0,8}(?:让|请|由|委托|授权|叫|安排|委派)?(?<name>[\p{Script=Han}·]{2,8}?|[A-Za-z][A-Za-z ]{1,20}?)(?:同志|老师|同学)?(?:来|帮忙)?(?:代|替|帮)(?:我|本人)?(?:代)?(?:为)?(?:填|填报|填写|报|报送|写|评分|评|打分|录入|办|办理|交|提交)(?:一下|一次|报告|月报|评分|季报){0,4}[。.! ]{0,4}$/u

/**
 * Reads the person who fills in for the sender: `让张三代填`, `请李四老师替我填报`. `word` is the one of `words` at the beginning or the end, if there is
 * one (`让张三代填季报`).
 */
export function readDelegation(
  text: string,
  words: readonly string[] = [],
): { name: string; word?: string } | undefined {
  if (text.length > longest) return undefined
  const said = normalize(text)
    .trim()
    .replace(/[。.! ]{1,4}$/u, '')
  const word = words
    .filter((one) => said.endsWith(one) || said.startsWith(one))
    .reduce<string | undefined>((best, one) => (best && best.length >= one.length ? best : one), undefined)
  const rest = word === undefined ? said : said.endsWith(word) ? said.slice(0, -word.length) : said.slice(word.length)
  const found = (one: string): string | undefined => delegation.exec(one)?.groups?.['name']?.trim()
  const named = word === undefined ? undefined : found(rest)
  if (named !== undefined && word !== undefined) return { name: named, word }
  const name = found(said)
  return name === undefined ? undefined : { name }
}

const ending =
  /^(?:请|现在|以后)?(?:不用|不需要|不必|取消|停止|结束|别)(?:再)?(?:让|请|由|找)?(?<name>\p{Script=Han}{2,4}?)?(?:再)?(?:帮我|替我|给我)?代(?:填|办|写|报)(?:了|吧)?[。！!]*$/u

/** The person who no longer fills in; empty if nobody is named. Undefined if the text says nothing of the kind. */
export function readEnding(text: string): string | undefined {
  if (text.length > longest) return undefined
  const found = ending.exec(text.normalize('NFKC').replace(/\s/g, ''))
  return found ? (found.groups?.['name'] ?? '') : undefined
}
