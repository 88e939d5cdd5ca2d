/**
 * Sums up reports: a mutant counts as noticed if any of them says so.
 *   npx tsx test/mutation/table.ts reports/quick.json reports/slow.json
 * With --list, every mutant that none noticed, and its replacement.
 */
import { isNoticed, isUnnoticed, type Mutant, mutantsIn } from './reports.ts'

type Found = { file: string; mutant: Mutant; noticed: boolean }
const reports = process.argv.slice(2).filter((one) => one !== '--list')
const found = new Map<string, Found>()
for (const { file, mutant } of reports.flatMap(mutantsIn)) {
  if (!isNoticed(mutant) && !isUnnoticed(mutant)) continue
  const key = JSON.stringify([file, mutant.location, mutant.mutatorName, mutant.replacement])
  found.set(key, { file, mutant, noticed: isNoticed(mutant) || found.get(key)?.noticed === true })
}
const all = [...found.values()]
const left = (list: readonly Found[]): Found[] => list.filter(({ noticed }) => !noticed)
const row = (name: string, list: readonly Found[]): string => {
  const caught = list.length - left(list).length
  return `| ${name} | ${list.length} | ${caught} | ${((100 * caught) / list.length).toFixed(1)}% |`
}

const within = (folder: string): Found[] => all.filter(({ file }) => file.startsWith(`${folder}/`))
const folders = [...new Set(all.map(({ file }) => file.split('/').slice(0, 2).join('/')))].sort()
console.log(['| 文件夹 | 改坏 | 发现 | |', '|---|---|---|---|'].join('\n'))
for (const folder of folders) console.log(row(`\`${folder}\``, within(folder)))
console.log(`${row('合计', all)}\n\n| 文件 | 没发现/全部 |\n|---|---|`)
for (const file of [...new Set(all.map((one) => one.file))].sort()) {
  const here = all.filter((one) => one.file === file)
  if (left(here).length > 0) console.log(`| \`${file}\` | ${left(here).length}/${here.length} |`)
}
if (process.argv.includes('--list'))
  for (const { file, mutant } of left(all))
    console.log(`${file}:${mutant.location.start.line} ${mutant.mutatorName} → ${mutant.replacement ?? ''}`)
