/** Tells kinds of text about a scorecard apart: a dictated command, or an explanation. */

const asOrder = /^[请麻烦帮我\s]{0,12}(?:给|为|对)([^，。；：,:;\n]{2,40}?)(?:打分|评分|评一下)[，。：,:\s]{0,8}(.*)/
const asWord = /^[请帮我\s]{0,12}(?:评分|打分|评一下)[，。：,:\s]{0,8}/

/** The words after a dictated command, the branch first: `评分软件教研室第三项四分…`, `请给软件教研室打分：…`. Undefined if it is none. */
export function dictated(text: string): string | undefined {
  const [first = '', ...more] = text.split('\n').filter((line) => line.trim())
  const named = asOrder.exec(first)
  const word = asWord.exec(first)?.[0]
  const said = named ? `${named[1]} ${named[2]}` : word === undefined ? undefined : first.slice(word.length)
  return said === undefined ? undefined : [said, ...more].join('\n')
}

const kinds = '(?:依据|说明|理由|原因|佐证|解释|材料)'
const explains = new RegExp(
  `^(?:第?\\s*[\\d一二三四五六七八九十]{1,3}\\s*项)?的?[^\\d，,。；;:：\\n扣得给打减加满]{0,8}${kinds}\\s*(?:[:：]|是|为|如下|见|在)|^(?:因为|由于|补充说明|情况说明|说明|解释)`,
)
const concerns = new RegExp(`${kinds}|第\\s*[\\d一二三四五六七八九十]{1,3}\\s*项|测评|核实|补充|退回|意见`)
const shortest = 4

const fits = (text: string, is: RegExp): boolean =>
  Array.from(text.trim()).length >= shortest && is.test(text.normalize('NFKC').trim())
/** Whether a text explains: it names an item or nothing and then explains, and no score stands before that. */
export const isExplanation = (text: string): boolean => fits(text, explains)
/** Whether a text may be about a card. To be used only if nothing else understood the text. */
export const mayConcern = (text: string): boolean => fits(text, concerns)
