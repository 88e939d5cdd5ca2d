import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
})
const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
const installed = Object.entries(packages)
  .filter(([path, { dev, devOptional }]) => path.startsWith('node_modules/') && !dev && !devOptional)
  .map(([path, { version = '', license = '' }]) => ({ name: path.replace(/^.*node_modules\//, ''), version, license }))
  .toSorted((a, b) => `${a.name} ${a.version}`.localeCompare(`${b.name} ${b.version}`, 'en'))

/** Licences that let a college run and change the program without further duties. */
const free =
  /^(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|\(MIT (?:OR GPL-3\.0-or-later|AND Zlib)\)|\(?MIT OR .*\)?|Python-2\.0)$/

it('everything that runs in production is under a free licence without duties beyond its notice', () => {
  expect(installed.filter(({ license }) => !free.test(license))).toEqual([])
  expect(installed.length).toBeGreaterThan(30)
})

it('nothing but esbuild, which only development needs, has an install script', () => {
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)
  expect(scripted.map(([path, { dev }]) => [path, dev])).toEqual([['node_modules/esbuild', true]])
})

it('the page of licences is what the lock file says', async () => {
  const page = [
    '# 许可',
    '',
    '运行时用到的全部软件包和它们的许可，由 `package-lock.json` 生成（测试核对）。开发用的不随程序运行，见[依赖](dependencies.md)。',
    '',
    '| 软件包 | 版本 | 许可 |',
    '|---|---|---|',
    ...installed.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`),
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../../docs/licences.md')
})

it('the page of dependencies says why each is there', () => {
  const { dependencies, devDependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')))
  const page = readFileSync('docs/dependencies.md', 'utf8')
  const named = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'))
  expect(named.filter((name) => !page.includes(name))).toEqual([])
  const pinned = Object.values({ ...dependencies, ...devDependencies })
  expect(pinned.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})
