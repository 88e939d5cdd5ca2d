import { z } from 'zod'
import { CampaignFile } from '../../src/campaign/plan/campaign-file.ts'

/** The part of a JSON schema that the page shows. */
type Node = {
  type?: string
  description?: string
  enum?: unknown[]
  const?: string | boolean | number
  properties?: { [name: string]: Node }
  additionalProperties?: Node | boolean
  required?: string[]
  items?: Node
  anyOf?: Node[]
}
const Node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.string().exactOptional(),
    description: z.string().exactOptional(),
    enum: z.array(z.unknown()).exactOptional(),
    const: z.union([z.string(), z.boolean(), z.number()]).exactOptional(),
    properties: z.record(z.string(), Node).exactOptional(),
    additionalProperties: z.union([Node, z.boolean()]).exactOptional(),
    required: z.array(z.string()).exactOptional(),
    items: Node.exactOptional(),
    anyOf: z.array(Node).exactOptional(),
  }),
)

const types: { [type: string]: string } = { string: '文字', number: '数', integer: '整数', boolean: 'true 或 false' }

function typeOf(node: Node): string {
  if (node.enum && node.enum.length > 6) return '名字'
  if (node.enum) return node.enum.map((one) => `\`${String(one)}\``).join(' ')
  if (node.const !== undefined) return `\`${String(node.const)}\``
  if (node.anyOf) return node.anyOf.map(typeOf).join(' 或 ')
  if (node.type === 'array') return node.items?.properties ? '若干组' : `若干${typeOf(node.items ?? {})}`
  return node.properties || typeof node.additionalProperties === 'object' ? '一组' : (types[node.type ?? ''] ?? '')
}

type Row = { path: string; node: Node; required: boolean }

/** The rows below a place, each with its whole path. */
function below(path: string, node: Node): Row[] {
  const own = node.items ? below(`${path}[]`, node.items) : []
  const either = (node.anyOf ?? []).flatMap((one) => below(path, one))
  const rest = node.additionalProperties
  const named = typeof rest === 'object' && rest.properties ? below(`${path}.<名字>`, rest) : []
  const fields = Object.entries(node.properties ?? {}).flatMap(([name, one]): Row[] => {
    const at = path ? `${path}.${name}` : name
    return [{ path: at, node: one, required: node.required?.includes(name) ?? false }, ...below(at, one)]
  })
  return [...own, ...either, ...named, ...fields]
}

const line = ({ path, node, required }: Row): string =>
  `| \`${path}\` | ${typeOf(node)} | ${required ? '是' : ''} | ${node.description ?? ''} |`

/** The page about the campaign file: every field of the schema, with its kind and its purpose. */
export function campaignFilePage(): string {
  const root = Node.parse(z.toJSONSchema(CampaignFile, { io: 'input', unrepresentable: 'any' }))
  const sections = Object.entries(root.properties ?? {}).map(([name, node]) => ({
    name,
    rows: [{ path: name, node, required: root.required?.includes(name) ?? false }, ...below(name, node)],
  }))
  const plain = sections.filter(({ rows }) => rows.length === 1).flatMap(({ rows }) => rows)
  const groups = sections.filter(({ rows }) => rows.length > 1)
  const head = ['| 位置 | 写什么 | 必填 | 说明 |', '| --- | --- | --- | --- |']
  return [
    '# 计划文件',
    '',
    '一年的方案写成一个文件（`CAMPAIGN_FILE`，默认 `campaigns/2022/campaign.yaml`）。程序里没有方案的内容：换一所学校、换一年，换这个文件。',
    '别的学校的八种写法见 `campaigns/samples/A` 至 `H`，各带名册，可以直接运行。改完请运行 `npm run lint:campaign`。',
    '',
    '`[]` 是一个列表里的每一项，`.` 是下一级。`words` 是方案原文，一字不改；`source` 是原文的位置；`decision` 是原文没有写明、由学校定下来的做法；其余是程序使用的值。',
    '',
    '这一页由程序检查文件用的同一份定义生成，测试会核对两者一致。',
    '',
    '## 开头',
    '',
    ...head,
    ...plain.map(line),
    ...groups.flatMap(({ name, rows }) => ['', `## ${name}`, '', ...head, ...rows.map(line)]),
    '',
  ].join('\n')
}
