const named = /^\s*(?<name>《[^》\n]{2,60}》)[\s，,：:的]*(?<rest>[^]*)$/u
const proposes = /(?:^|[，,。；;\s])(?=建议|应当?改|最好|希望)/u
const rests = /(?:^|[，,。；;\s])(?:依据|根据|参照)(?:的?是|为|：|:)?/u
/**
 * `《党费收缴制度》太繁琐，建议按季度收，依据是党员意见`, with the labels that people leave out: what stands before the proposal is what
 * hinders. A text with a label of its own stays as it is.
 */
export function withLabels(text: string): string {
  const { name, rest = '' } = named.exec(text)?.groups ?? {}
  if (name === undefined || /[:：]/u.test(rest)) return text
  const at = proposes.exec(rest)
  if (!at) return rest.trim() === '' ? text : `制度名称：${name}\n堵点：${rest}`
  const behind = rest.slice(at.index + at[0].length)
  const basis = rests.exec(behind)
  const change = behind.slice(0, basis?.index ?? behind.length)
  const block = rest.slice(0, at.index).trim()
  return [
    `制度名称：${name}`,
    ...(block === '' ? [] : [`堵点：${block}`]),
    `修改建议：${change}`,
    ...(basis ? [`依据：${behind.slice(basis.index + basis[0].length)}`] : []),
  ].join('\n')
}
