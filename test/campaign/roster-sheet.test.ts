import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { numberShown } from '../../src/campaign/roster/number-shown.ts'
import { NotARoster, readRosterFile } from '../../src/campaign/roster/roster-file.ts'
import { rosterWorkbook, withPart, workbookOf } from '../support/roster-workbook.ts'
import { college, inWords, read, rows, words } from './invented-college.ts'

const department = { 姓名: '周组安', 职务: '组织部' }
const file = await rosterWorkbook({ people: college })
const name = String(college[0]?.['姓名'])
function refusal(bytes: Uint8Array): string {
  try {
    readRosterFile(bytes, undefined, words)
    return 'taken'
  } catch (error) {
    return error instanceof NotARoster ? error.message : String(error)
  }
}

describe('cells', () => {
  it.each([
    ['007', '007'],
    ['00123456789012345678901', '00123456789012345678901'],
    [13800138000, '13800138000'],
    [' zhou\n', 'zhou'],
    ['1.50', '1.50'],
    ['TRUE', 'TRUE'],
  ])('are text as it was typed: %s', async (typed, account) => {
    const { roster } = await read([{ ...department, 企业微信账号: typed }])
    expect(roster.people[0]?.accounts).toEqual({ wecom: account })
  })

  it.each([
    ['a date', new Date('2022-04-02T00:00:00Z')],
    ['digits that were cut off', 1.2345678901234568e25],
  ])('%s is a bad row, not an account', async (_, typed) => {
    const { problems } = await read([...college, { ...department, 企业微信账号: typed }])
    expect(problems).toEqual(['人员 第13行 企业微信账号：这一格读不出文字（日期、公式错误或过长的数字），请改成文本'])
  })

  it('an error of a formula is a bad row, not an empty cell', async () => {
    const people = [...college, { ...department, 姓名: '甲', 企业微信账号: 4242 }]
    const broken = withPart(await rosterWorkbook({ people }), 'xl/worksheets/sheet1.xml', (xml) =>
      xml.replace(/<c r="E13"[^>]*><v>4242<\/v><\/c>/, '<c r="E13" t="e"><f>VLOOKUP(A13,X:Y,2,0)</f><v>#N/A</v></c>'),
    )
    const { problems } = readRosterFile(broken, undefined, words)
    expect(problems).toEqual([expect.stringMatching(/^人员 第13行 企业微信账号：这一格读不出文字/)])
  })

  it('that are merged say the same in every row', async () => {
    const people = [
      {
        姓名: '赵明远',
        职务: '党支部书记',
        党总支: { text: '机电党总支', rows: 2 },
        党支部: '一支部',
        企业微信账号: 'a',
      },
      { 姓名: '钱立新', 职务: '党支部书记', 党支部: '二支部', 企业微信账号: 'b' },
      {
        姓名: { text: '杨晓东', rows: 2 },
        职务: '党总支书记',
        党总支: '信息党总支',
        企业微信账号: { text: 'c', rows: 2 },
      },
      { 职务: '党支部书记', 党总支: '信息党总支', 党支部: '三支部' },
    ]
    const { roster, problems } = await read(people)
    expect(problems).toEqual([])
    expect(inWords(roster)).toEqual([
      '杨晓东 | c | - |  | branch-secretary 信息党总支 信息党总支/三支部 | general-branch-secretary 信息党总支',
      '赵明远 | a | - |  | branch-secretary 机电党总支 机电党总支/一支部',
      '钱立新 | b | - |  | branch-secretary 机电党总支 机电党总支/二支部',
    ])
  })

  it('beside other sheets, with whatever is in them', async () => {
    const header = ['姓名', '职务', '党总支', '党支部', '企业微信账号', '钉钉账号', '联系支部']
    const people = rows('周组安 组织部   zhou').map((row) => header.map((column) => row[column]))
    const workbook = await workbookOf({
      说明: [[{ text: '请填写', rows: 3 }], [], [], [7]],
      ' 人员 ': [header, ...people],
    })
    expect(readRosterFile(workbook, undefined, words).imported).toBe(1)
  })
})

/** Changes the length that the archive states for its parts, in both places. */
function lying(bytes: Uint8Array, length: number): Uint8Array {
  const copy = Buffer.from(bytes)
  for (const [mark, place] of [
    ['PK\x01\x02', 24],
    ['PK\x03\x04', 22],
  ] as const)
    for (let at = copy.indexOf(mark, 0, 'latin1'); at >= 0; at = copy.indexOf(mark, at + 4, 'latin1'))
      if (at + place + 4 <= copy.length) copy.writeUInt32LE(length, at + place)
  return new Uint8Array(copy)
}

describe('rosters as people and programs write them', () => {
  const kept = (name: string): Uint8Array => readFileSync(`test/campaign/roster-files/${name}.xlsx`)
  const plain = readRosterFile(kept('roster'), undefined, words)

  it('the plain one has nothing to complain of', () => {
    expect(plain).toMatchObject({ problems: [], hints: [], imported: 11 })
    expect(plain.roster.branches).toHaveLength(4)
  })

  it.each([
    'roster-line-break-in-a-cell',
    'roster-blank-in-a-name',
    'roster-invisible-characters',
    'roster-cells-without-addresses',
    'roster-formatted-empty-rows',
    'roster-styled-cell-in-the-last-row',
  ])('%s is imported like the plain one', (name) => {
    expect(readRosterFile(kept(name), undefined, words)).toEqual(plain)
  })

  it('numbers are accounts as their cells show them', () => {
    const { roster, problems } = readRosterFile(kept('roster-accounts-as-numbers'), undefined, words)
    expect(problems).toEqual([])
    const accounts = ['赵一', '钱二', '李四'].map(
      (name) => roster.people.find((one) => one.name === name)?.accounts.wecom,
    )
    expect(accounts).toEqual(['00020101', '13800138000', '13800138001'])
  })

  it.each([
    ['General', '20101', '20101'],
    ['00000000', '20101', '00020101'],
    ['0_ ', '20101', '20101'],
    ['@', '20101', '20101'],
    ['General', '1.38E10', '13800000000'],
    ['General', '1234567890123456', undefined],
    ['General', '999999999999999', '999999999999999'],
    ['General', '-5', '-5'],
    ['General', '12.55', '12.55'],
    ['General', '0.00123456789012345', '0.00123456789012345'],
    ['General', '0.10000000000000001', '0.1'],
    ['General', '1E+21', undefined],
    ['General', '', undefined],
    ['general', '20101', '20101'],
    ['#', '20101', '20101'],
    [undefined, '20101', undefined],
    ['[Red]0;-0', '20101', '20101'],
    ['"0"000', '7', '0007'],
    ['0000', '-5', undefined],
    ['#,##0', '20101', undefined],
    ['0%', '1', undefined],
    ['yyyy-mm-dd', '44652', undefined],
    ['0.00', '5', undefined],
    ['0', '1.5', undefined],
  ])('a cell of format %s with %s in it shows %s', (format, digits, shown) =>
    expect(numberShown(digits, format)).toBe(shown),
  )

  it.each([
    (t: string) =>
      `<r><rPr><b/></rPr><t>${t.slice(0, 1)}</t></r><r><t>${t.slice(1)}</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh>`,
    (t: string) => `<rPh sb="0" eb="1"><t>zhang</t></rPh><t>${t}</t>`,
  ])('a phonetic reading above a name, and pieces in other fonts, are no second name', (pieces) => {
    const shown = withPart(file, 'xl/sharedStrings.xml', (xml) => {
      expect(xml).toContain(`<si><t>${name}</t></si>`)
      return xml.replace(`<t>${name}</t>`, pieces(name))
    })
    expect(inWords(readRosterFile(shown, undefined, words).roster)).toEqual(
      inWords(readRosterFile(file, undefined, words).roster),
    )
  })

  it('full-width letters, brackets of either width and blanks make no second name', async () => {
    const people = rows('甲 党支部书记 信息党总支 信息(本科)党支部 ａｂｃ')
    const { roster } = await read([
      ...people,
      { 姓名: '乙 二', 职务: '党委委员', 企业微信账号: 'b c', 联系支部: '信息（本 科）党支部\n' },
    ])
    expect(roster.branches.map(({ name }) => name)).toEqual(['信息（本科）党支部'])
    expect(roster.people.map(({ name, accounts }) => [name, accounts.wecom])).toEqual([
      ['甲', 'abc'],
      ['乙二', 'bc'],
    ])
  })

  it('an account that no userid can be is a bad row', async () => {
    const accounts = ['张三', 'a,b', '.abc', `a${'b'.repeat(64)}`]
    const { problems } = await read([
      ...college,
      ...accounts.map((account, i) => ({ 姓名: `甲${i}`, 职务: '党校', 企业微信账号: account })),
    ])
    expect(problems).toEqual(
      accounts.map((_, i) => `人员 第${13 + i}行 企业微信账号：不是企业微信账号：应为字母、数字和 _-.@，不超过64位`),
    )
  })

  it('names that differ by a word, and a general branch without a secretary, are lines to look at', async () => {
    const { hints, problems } = await read(
      rows(
        [
          '甲 党总支书记 机电工程学院党总支  a',
          '乙 党支部书记 机电工程党总支 机电教工第一党支部 b',
          '丙 党支部书记 机电工程学院党总支 机电教工第二党支部 c',
          '丁 党支部书记 机电工程学院党总支 机电教工第二支部 d',
          '戊 党支部书记 信息党总支 软件教研室党支部 e',
        ].join('\n'),
      ),
    )
    expect(problems).toEqual([])
    expect(hints).toEqual([
      '人员 第3行 党总支：“机电工程党总支”没有党总支书记，与“机电工程学院党总支”名称相近，请核对是不是同一个',
      '人员 第6行 党总支：“信息党总支”没有党总支书记，请核对',
      '人员 第4行 党支部：“机电教工第二党支部”与“机电教工第二支部”名称相近（机电工程学院党总支），请核对是不是同一个',
    ])
  })
})

describe('a file that is no roster', () => {
  const unreadable = '名册应为 .xlsx 工作簿，这个文件读不了，请另存为 .xlsx 后再导入'
  const tooLarge = '名册文件太大，请检查后再导入'
  const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(80_000_000) })

  it.each<[string, Uint8Array | Promise<Uint8Array>, string]>([
    ['nothing', new Uint8Array(), unreadable],
    ['a text', strToU8('姓名,职务\n许一鸣,党委书记'), unreadable],
    ['a PDF', strToU8('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF'), unreadable],
    [
      'an .xls or a locked file',
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      '这是旧版 .xls 或加了密码的文件，请另存为不带密码的 .xlsx 后再导入',
    ],
    ['another archive', zipSync({ 'word/document.xml': strToU8('<w/>') }), unreadable],
    ['an empty archive', zipSync({}), unreadable],
    ['half of one', file.slice(0, file.length / 2), unreadable],
    ['a bomb', bomb, tooLarge],
    ['a bomb that says it is small', lying(bomb, 1000), tooLarge],
    [
      'millions of empty rows',
      withPart(file, 'xl/worksheets/sheet1.xml', (xml) =>
        xml.replace('</sheetData>', `${'<row/>'.repeat(4e6)}</sheetData>`),
      ),
      tooLarge,
    ],
    [
      'a thousand merged cells as large as the sheet',
      withPart(file, 'xl/worksheets/sheet1.xml', (xml) =>
        xml.replace(
          '</sheetData>',
          `</sheetData><mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(1000)}</mergeCells>`,
        ),
      ),
      tooLarge,
    ],
    ['eleven megabytes', new Uint8Array(11 * 1024 * 1024), tooLarge],
    ['a workbook with other sheets', workbookOf({ Sheet1: [['姓名', '职务']] }), '名册里没有“人员”表'],
    ['an empty sheet', workbookOf({ 人员: [] }), '“人员”表里没有内容'],
    ['a header alone', rosterWorkbook({ people: [] }), '“人员”表里没有内容'],
    [
      'columns lacking',
      rosterWorkbook({ people: college, header: ['姓名', '职务', '党总支'] }),
      '“人员”表缺少列：党支部、企业微信账号、钉钉账号、联系支部',
    ],
    [
      'a column twice',
      rosterWorkbook({
        people: college,
        header: ['姓名', '职务', '党总支', '党支部', '企业微信账号', '钉钉账号', '联系支部', '职务'],
      }),
      '“人员”表有两列“职务”',
    ],
  ])('%s', async (_, bytes, sentence) => expect(refusal(await bytes)).toBe(sentence))

  it.each([
    ['a row', '<row r="900000000000">'],
    ['a column', '<c r="XFDXFD2" t="n"><v>1</v></c>'],
  ])('one with %s far away', async (_, tag) => {
    const far = withPart(file, 'xl/worksheets/sheet1.xml', (xml) =>
      tag.startsWith('<row')
        ? xml.replace('<row r="2"', tag.slice(0, -1))
        : xml.replace('</row></sheetData>', `${tag}</row></sheetData>`),
    )
    expect(far).not.toEqual(file)
    expect(refusal(far)).toBe(tooLarge)
  })

  it('lengths that are not true do no harm', async () => {
    for (const length of [0, 1, 0xffffffff]) expect(refusal(lying(file, length))).toBe('taken')
  })

  it('whatever the bytes, it is refused with a sentence or read', async () => {
    const sentence = /^(?:taken|名册|“人员”表|这是旧版)/
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(refusal(bytes)).toMatch(sentence)
      }),
    )
    const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = file.slice()
        for (const [at, byte] of changes) damaged[at] = byte
        expect(refusal(damaged)).toMatch(sentence)
      }),
      { numRuns: 200 },
    )
    const parts = fc.constantFrom(
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
      'xl/_rels/workbook.xml.rels',
      'xl/sharedStrings.xml',
    )
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(), fc.nat(60), fc.string({ maxLength: 9 }), async (part, from, length, text) => {
        const damaged = withPart(file, part, (xml) => {
          const at = from % xml.length
          return xml.slice(0, at) + text + xml.slice(at + length)
        })
        expect(refusal(damaged)).toMatch(sentence)
      }),
      { numRuns: 200 },
    )
  })
})
