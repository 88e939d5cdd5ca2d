import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { errors } from '../../src/errors.ts'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'errors.ts')
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n')

it('docs/errors.md says every line that stops a start or a command, and no other', async () => {
  const page = [
    '# 程序停下来时说的话',
    '',
    '启动或命令做不下去时，程序只说一行，冒号前是要改的设置。由管理员处理，改好后再运行一次。全部如下（由 `src/errors.ts` 生成，测试核对）；`{…}` 处是当时的内容。',
    '发给使用者的话见 `src/bot/turn/words.ts`，运行中的日志见[日志和指标](operations.md)，平台的错误码见[错误码](error-codes.md)。',
    '',
    '| 代码 | 说的话 | 说明 |',
    '|---|---|---|',
    ...Object.entries(errors).map(
      ([code, { line, page: about }]) => `| \`${code}\` | ${line} | [${about}](${about}) |`,
    ),
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../../docs/errors.md')
  expect(Object.values(errors).filter(({ page: about }) => !existsSync(join('docs', about)))).toEqual([])
})

it('every line is said somewhere, and none but by its code', () => {
  expect(Object.keys(errors).filter((code) => !sources.includes(`'${code}'`) && !code.startsWith('store-of-'))).toEqual(
    [],
  )
  expect(sources).not.toMatch(/new (?:Stopped|TypeError\('[一-龥])/)
})
