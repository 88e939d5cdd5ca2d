import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startedProgram } from '../../support/started-program.ts'
import { describeWith, pathOf } from '../../support/tools.ts'

/** With UPDATE_PICTURES=1 the test makes the pictures of docs/dashboard/ again. */
const pictures = process.env['UPDATE_PICTURES'] ? 'docs/dashboard/' : undefined

const department = 'zhouzuan'
/** Counts layout shifts on the page. */
const watchShifts = `
  globalThis.shifts = []
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: 'layout-shift', buffered: true })`
const Findings = z.array(z.looseObject({ id: z.string(), nodes: z.array(z.looseObject({ html: z.string() })) }))
const screens = {
  phone: { width: 360, height: 740 },
  desk: { width: 1280, height: 900 },
  hall: { width: 1920, height: 1080 },
}

describeWith('chromium', 'the dashboard in a browser', () => {
  let program: Awaited<ReturnType<typeof startedProgram>>
  let browser: Browser
  const problems: string[] = []

  beforeAll(async () => {
    program = await startedProgram()
    await answers(program.url)
    browser = await chromium.launch({ executablePath: pathOf('chromium') ?? 'chromium', args: ['--no-sandbox'] })
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await program.stop()
    expect(problems).toEqual([])
  })

  /** The dashboard as this person sees it. Every complaint of the browser (its policy, a script, another host) is a problem. */
  async function seenBy(account: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: screens.desk, ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()))
    page.on('request', (request) => !request.url().startsWith(program.url) && problems.push(`asks ${request.url()}`))
    await page.addInitScript({ content: watchShifts })
    await page.request.post(`${program.url}/sim/login/${account}`, { data: {} })
    await page.goto(`${program.url}/sim/dashboard`)
    await drawn(page)
    return page
  }
  const drawn = async (page: Page): Promise<void> => {
    await page.locator('main:not([aria-busy])').waitFor()
    if ((await page.locator('.bars').count()) > 0) await page.locator('.bars canvas').first().waitFor()
  }
  async function wrongFor(page: Page): Promise<string[]> {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    // The page's own policy admits no foreign script, so this one comes through the debugger.
    const found: unknown = await page.evaluate(`${axe}; axe.run().then(({ violations }) => violations)`)
    return Findings.parse(found).map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
  }
  const isWider = (page: Page): Promise<boolean> =>
    page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

  describe.each([
    ['on a phone', 'phone', screens.phone, 'light'],
    ['on a desk, dark', 'dark', screens.desk, 'dark'],
    ['on a desk', 'desk', screens.desk, 'light'],
    ['in the hall', 'hall', screens.hall, 'light'],
  ] as const)('%s', (_, picture, viewport, colorScheme) => {
    it('can be read by everybody, fits the screen, and nothing moves while it comes', async () => {
      const page = await seenBy(department, { viewport, colorScheme })
      expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
        '完成情况',
        '接下来的日期',
        '分类定级',
        '复评定级',
        '联系支部走访',
        '各支部受访',
        '季度报告',
        '三会一课',
        '三会一课各月',
        '督查整改',
        '任务清单',
        '后进党支部转化',
        '难点堵点热点',
        '消息与操作',
      ])
      expect(await wrongFor(page)).toEqual([])
      expect(await isWider(page)).toBe(false)
      const moved = await page.evaluate('shifts.reduce((sum, one) => sum + one, 0)')
      expect(moved).toBe(0)
      if (pictures && picture !== 'hall') await page.screenshot({ path: `${pictures}${picture}.png` })
      await page.context().close()
    })
  })

  it('each figure leads to its records, and back, by keyboard alone', async () => {
    const page = await seenBy(department)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('跳到内容')
    await page.getByRole('link', { name: '评分 16/28，看明细' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('共28行').waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('各支部评分')
    expect(await wrongFor(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: '接下来的日期' }).waitFor()
    await page.getByRole('link', { name: '机电工程学院党总支 后进 1，看明细' }).click()
    await page.getByText('共1行（党总支：机电工程学院党总支，定级：后进）').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: '下载 Excel' }).click()
    expect((await download).suggestedFilename()).toBe('各支部评分.xlsx')
    await page.goBack()
    await page.getByRole('heading', { name: '接下来的日期' }).waitFor()
    await page.context().close()
  })

  it('prints on A4: all that is shown, nothing to press, in dark surroundings too', async () => {
    const page = await seenBy(department, { colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
    expect(await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')")).toBe('#000000')
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.length).toBeGreaterThan(10_000)
    if (pictures) {
      await page.setViewportSize({ width: 794, height: 1123 })
      await page.screenshot({ path: `${pictures}print.png` })
    }
    await page.context().close()
  })

  it('who may not see it hears so; a list beyond one’s rights says whom to ask', async () => {
    const page = await seenBy('yangxiaodong')
    await page.goto(`${program.url}/sim/dashboard#reports`)
    await page
      .getByRole('alert')
      .getByText(/组织部/)
      .waitFor()
    problems.splice(0)
    await page.request.post(`${program.url}/sim/login/majianguo`, { data: {} })
    const refused = await page.goto(`${program.url}/sim/dashboard`)
    expect(refused?.status()).toBe(403)
    await page.getByText(/请联系组织部/).waitFor()
    problems.splice(0)
    await page.context().close()
  })

  it('stands beside the phones of the simulator, as whose phone was opened', async () => {
    const context = await browser.newContext({ viewport: { width: 1480, height: 900 } })
    const page = await context.newPage()
    await page.goto(program.url)
    const people = page.getByRole('navigation', { name: '通讯录' })
    await people.getByRole('button', { name: '周组安' }).first().click()
    await page.getByRole('button', { name: '看板', exact: true }).click()
    const board = page.frameLocator('iframe[title="党建看板"]')
    await board.getByText('周组安 组织部').waitFor()
    await people.getByRole('button', { name: '杨晓东' }).first().click()
    await board.getByText(/杨晓东 党总支书记/).waitFor()
    await context.close()
  })

  it('on a phone the simulator guides in three steps, without keys that a phone does not have', async () => {
    const context = await browser.newContext({ viewport: screens.phone })
    const page = await context.newPage()
    await page.goto(program.url)
    const guide = page.getByRole('navigation', { name: '通讯录' }).getByRole('listitem')
    await expect.poll(() => guide.filter({ visible: true }).count()).toBe(3)
    expect(await page.getByLabel('搜索').getAttribute('placeholder')).toBe('找人、职务、支部')
    expect(await isWider(page)).toBe(false)
    await context.close()
  })
})

/** Four general branches score and three members report, as the pictures show it. */
async function answers(url: string): Promise<void> {
  const say = async (account: string, text: string): Promise<void> => {
    await fetch(`${url}/sim/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, text }),
    })
  }
  const off = (points: number, items: number): string =>
    `除${Array.from({ length: items }, (_, i) => `${i + 1}扣${points}`).join('、')}，其余满分`
  const scores = ['全部满分', '除3扣1、17扣3，其余满分', off(2, 9), off(3, 13)]
  const graded: [string, string[]][] = [
    ['chenzhigang', ['机电教工第一', '机电教工第二', '机电学生', '数控教研室']],
    ['yangxiaodong', ['软件教研室', '网络教研室', '信息学生', '大数据教研室']],
    ['liuhuimin', ['会计教研室', '电商教研室', '经管学生', '物流教研室']],
    ['huangyaqin', ['艺术设计', '学前教育', '人文学生', '公共课']],
  ]
  for (const [account, branches] of graded)
    for (const [i, branch] of branches.entries()) {
      await say(account, `评分 ${branch} ${scores[i] ?? ''}`)
      await say(account, '提交')
    }
  const visits = [
    ['majianguo', '机电学生党支部'],
    ['linxiaoyan', '数控教研室党支部'],
    ['songzhiming', '电商教研室党支部'],
  ] as const
  for (const [account, branch] of visits) {
    await say(account, `月报 4月到${branch}走访，看到党员学习认真。解决的问题：活动室桌椅。难点：投影设备老旧。`)
    await say(account, '提交')
  }
}
