/** The masses' appraisal (群众评议): percent, and where it comes from. Decision 12. */
export type Appraisal = { percent: number; source: string }

const said =
  /^(?:第?\s*17\s*项?[\s，,:：]*)?(?:群众)?(?:民主)?(?:评议|满意度|满意率|测评)(?:结果|满意度|满意率|率)?\s*(?:为|是|[:：])?\s*(\d{1,3}(?:\.\d{1,2})?)\s*%[\s，,。；;（(]*(?:数据)?(?:来源|依据|出自|据)?\s*(?:为|是|[:：])?\s*([\s\S]*?)[）)。\s]*$/

/** `群众评议 92%，来源：4月座谈会问卷`; undefined where it is something else. */
export function readAppraisal(text: string): Appraisal | undefined {
  const found = said.exec(text.normalize('NFKC').trim())
  const percent = Number(found?.[1])
  // A score beside it is a score.
  if (/[给得扣打]\s*[\d一二三四五六七八九十半]|\d\s*分|其余|其他|满分/.test(found?.[2] ?? '')) return undefined
  return found && percent <= 100 ? { percent, source: found[2] || '填表人提供' } : undefined
}
