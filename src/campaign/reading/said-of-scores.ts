/** What kind of text about a scorecard it is: a command as it is dictated, or a word that explains. */

const asOrder = /^[请麻烦帮我\s]{0,12}(?:给|为|对)([^，。；：,:;\n]{2,40}?)(?:打分|评分|评一下)[，。：,:\s]{0,8}(.*)/
const asWord = /^[请帮我\s]{0,12}(?:评分|打分|评一下)[，。：,:\s]{0,8}/

/** `评分软件教研室第三项四分…`, `请给软件教研室打分：…`: what follows the command, the branch first; undefined where it is none. */
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
/** Whether it says of itself that it explains: an item, or nothing, and then what it is; no score stands before it. */
export const isExplanation = (text: string): boolean => fits(text, explains)
/** Whether it may be about a card: to be taken only where nobody else understood it. */
export const mayConcern = (text: string): boolean => fits(text, concerns)
