import { normalize } from '../roster/name-index.ts'

/** The longest text that asks somebody to fill in, in characters. */
const longest = 120

const delegation =
  /^(?:我|这次|本月|月报|评分|报告|以后|想|要|[，, ]){0,8}(?:让|请|由|委托|授权|叫|安排|委派)?(?<name>[\p{Script=Han}·]{2,8}?|[A-Za-z][A-Za-z ]{1,20}?)(?:同志|老师|同学)?(?:来|帮忙)?(?:代|替|帮)(?:我|本人)?(?:代)?(?:为)?(?:填|填报|填写|报|报送|写|评分|评|打分|录入|办|办理|交|提交)(?:一下|一次|报告|月报|评分|季报){0,4}[。.! ]{0,4}$/u

/**
 * Reads the person who fills in for the sender: `让张三代填`, `请李四老师替我填报`. `word` is the form's at the beginning or the end, if there is one
 * (`让张三代填季报`).
 */
export function readDelegation(
  text: string,
  forms: readonly { word: string }[] = [],
): { name: string; word?: string } | undefined {
  if (text.length > longest) return undefined
  const said = normalize(text)
    .trim()
    .replace(/[。.! ]{1,4}$/u, '')
  const word = forms
    .map((form) => form.word)
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
  /^(?:请|现在|以后)?(?:不用|不需要|不必|不要|不(?=再?[让请由找])|取消|停止|结束|收回|撤销|别)(?:再)?(?:让|请|由|找)?(?<name>\p{Script=Han}{2,4}?)?(?:再)?(?:帮我|替我|给我)?代(?:填|办|写|报)(?:了|吧)?[。！!]*$/u

/** The person who no longer fills in; empty if nobody is named. Undefined if the text says nothing of the kind. */
export function readEnding(text: string): string | undefined {
  if (text.length > longest) return undefined
  const found = ending.exec(text.normalize('NFKC').replace(/\s/g, ''))
  return found ? (found.groups?.['name'] ?? '') : undefined
}

const between = /^[\s:：，,]+/

type Asked<P, F> = { principal: P; forms: readonly F[] }

/**
 * Reads what a delegate fills in, the text after 代填: `张三 月报 4月到了…`. `asked` are the people who asked, each with the forms that are
 * open; the form's word may be left out if there is only one. `unclear`: what the delegate should write instead.
 */
export function readFilling<P extends { name: string }, F extends { word: string; sample: string }>(
  text: string,
  asked: readonly Asked<P, F>[],
): { principal: P; form: F; content: string } | { unclear: string } {
  const one = asked.find(({ principal }) => text.startsWith(principal.name))
  if (!one) {
    const names = asked.map(({ principal }) => principal.name).join('、')
    return { unclear: names ? `请写明代谁填：“代填 姓名 内容”。请您代填的有：${names}。` : '目前没有人请您代填。' }
  }
  const { principal, forms } = one
  const said = text.slice(principal.name.length).replace(between, '')
  const named = forms.find(({ word }) => said.startsWith(word))
  const form = named ?? (forms.length === 1 ? forms[0] : undefined)
  const content = named ? said.slice(named.word.length).replace(between, '') : said
  if (form && content !== '') return { principal, form, content }
  const how = forms.map(({ sample }) => `“代填 ${principal.name} ${sample}”`).join('或')
  return { unclear: `请写上内容：${how}。` }
}
