import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startedProgram } from '../support/started-program.ts'
import { describeWith, pathOf } from '../support/tools.ts'

/** With UPDATE_PICTURES=1 the test makes the picture of the README again. */
const picture = process.env['UPDATE_PICTURES'] ? 'docs/simulator.png' : undefined

describeWith('chromium', 'the running program in the simulator', () => {
  let program: Awaited<ReturnType<typeof startedProgram>>
  let browser: Browser
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    program = await startedProgram()
    browser = await chromium.launch({ executablePath: pathOf('chromium') ?? 'chromium', args: ['--no-sandbox'] })
    page = await browser.newPage({ viewport: { width: 1480, height: 900 }, locale: 'zh-CN' })
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()))
    await page.goto(program.url)
  })
  afterAll(async () => {
    await browser.close()
    await program.stop()
  })

  const post = (name: string): Locator =>
    page.getByRole('navigation', { name: '通讯录' }).getByRole('region', { name, exact: true })
  /** Opens the phone of the n-th holder of a post. */
  const open = async (name: string, n = 0): Promise<Locator> => {
    const entry = post(name).getByRole('button').nth(n)
    const who = (await entry.getAttribute('aria-label'))?.split('，')[0] ?? ''
    await entry.click()
    return page.getByRole('region', { name: `${who}的手机` })
  }
  const say = async (phone: Locator, text: string): Promise<void> => {
    await phone.getByLabel('发消息').fill(text)
    await phone.getByLabel('发消息').press('Enter')
  }
  const lastCard = (phone: Locator): Locator => phone.getByRole('article', { name: /^卡片/ }).last()

  it('a secretary scores a branch by taps', async () => {
    const phone = await open('党总支书记')
    await say(phone, '评分')
    await lastCard(phone).getByRole('button').first().waitFor()
    await lastCard(phone).getByRole('button').first().click()
    for (const item of [/^3 /, /^17 /]) await lastCard(phone).getByRole('checkbox', { name: item }).uncheck()
    await lastCard(phone).getByRole('button').last().click()
    await lastCard(phone).getByText('第3项').first().waitFor()
    await lastCard(phone).getByRole('button', { name: '4分', exact: true }).click()
    await lastCard(phone).getByText('第17项').first().waitFor()
    await lastCard(phone).getByRole('combobox').selectOption('8分')
    await lastCard(phone).getByRole('button', { name: '确定' }).click()
    await lastCard(phone).getByText('97 分，定级：先进').waitFor()
    await lastCard(phone).getByRole('button', { name: '提交' }).click()
    await phone.getByText('已提交').first().waitFor()
  })

  it('and the next one by text', async () => {
    const phone = await open('党总支书记', 1)
    await say(phone, '评分')
    await lastCard(phone).getByRole('button').first().waitFor()
    const branch = await lastCard(phone).getByRole('button').first().innerText()
    await say(phone, `评分 ${branch} 除3扣1、15扣2，其余满分`)
    await lastCard(phone).getByText('97 分，定级：先进').waitFor()
    await say(phone, '提交')
    await phone.getByText('已提交').first().waitFor()
  })

  it('and reminders come when the clock is moved', async () => {
    await page.getByRole('button', { name: '移到…' }).click()
    await page.getByLabel('把时钟拨到').fill('2022-04-24T09:10')
    await page.getByRole('button', { name: '拨过去' }).click()
    await page.getByText(/现在是4月24日 09:10，新到 [1-9]\d+ 条消息/).waitFor({ timeout: 60_000 })
    await page
      .getByRole('button', { name: /条未读/ })
      .first()
      .waitFor()
  })

  it('and nothing was sent that the real WeCom would refuse', async () => {
    const state: unknown = await (await fetch(`${program.url}/sim/state`)).json()
    expect(state).toMatchObject({ settings: { violations: [] } })
    expect(problems).toEqual([])
    if (picture === undefined) return
    for (const phone of await page.getByRole('region', { name: /的手机$/ }).all())
      await phone.getByText('晚些提醒请说').waitFor()
    await page.locator('.toast:not(.shown)').waitFor({ state: 'attached' })
    await page.screenshot({ path: picture })
  })
})
