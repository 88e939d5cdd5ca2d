import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { simulatedCollege } from '../support/simulated-college.ts'
import { ask } from '../support/tiny-bot.ts'
import { describeWith, pathOf } from '../support/tools.ts'

describeWith('chromium', 'the simulator in a browser', () => {
  let browser: Browser
  let college: Awaited<ReturnType<typeof simulatedCollege>>
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: pathOf('chromium') ?? 'chromium', args: ['--no-sandbox'] })
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    problems.length = 0
    college = await simulatedCollege()
    page = await newPage({ width: 1480, height: 900 })
    await page.goto(college.url)
  })
  afterEach(async () => {
    await page.close()
    await college.close()
    expect(problems).toEqual([])
    expect(college.wecom.violations).toEqual([])
  })

  async function newPage(viewport: { width: number; height: number }): Promise<Page> {
    const made = await browser.newPage({ viewport, locale: 'zh-CN' })
    made.on('pageerror', (error) => problems.push(error.message))
    made.on('console', (line) => line.type() === 'error' && problems.push(line.text()))
    made.on('request', (request) => !request.url().startsWith(college.url) && problems.push(`asks ${request.url()}`))
    return made
  }
  const people = () => page.getByRole('navigation', { name: '通讯录' })
  const choose = async (name: string): Promise<Locator> => {
    await people().getByRole('button', { name }).first().click()
    return page.getByRole('region', { name: `${name}的手机` })
  }
  const say = async (phone: Locator, text: string): Promise<void> => {
    await phone.getByLabel('发消息').fill(text)
    await phone.getByLabel('发消息').press('Enter')
  }
  const card = (phone: Locator, title: string): Locator => phone.getByRole('article', { name: `卡片 ${title}` }).last()

  it('lists people by post, and finds them by name, post and branch', async () => {
    await expect.poll(() => people().getByRole('region').count()).toBe(6)
    expect(await people().getByRole('region', { name: '党支部书记' }).getByRole('button').count()).toBe(3)
    await page.keyboard.press('/')
    await page.keyboard.type('软件教研室')
    await expect.poll(() => people().getByRole('button').allInnerTexts()).toEqual([expect.stringContaining('李四')])
  })

  it('shows up to three phones side by side; what one types appears on that phone alone', async () => {
    const yang = await choose('杨信息')
    const li = await choose('李四')
    const zhao = await choose('赵一')
    await say(li, '你好')
    await li.getByText('收到：你好').waitFor()
    expect(await yang.getByText('你好').count()).toBe(0)
    await choose('周组部')
    expect(await yang.count()).toBe(0)
    expect(await zhao.count()).toBe(1)
    await zhao.getByRole('button', { name: '收起赵一' }).click()
    expect(await zhao.count()).toBe(0)
  })

  it('keeps a line break on Shift+Enter and shows text as it was typed, never as HTML', async () => {
    const li = await choose('李四')
    await li.getByLabel('发消息').pressSequentially('<b>一</b>')
    await li.getByLabel('发消息').press('Shift+Enter')
    await li.getByLabel('发消息').pressSequentially('二')
    await li.getByLabel('发消息').press('Enter')
    await li.getByText('收到：<b>一</b> 二').waitFor()
    expect(college.bot.heard.at(-1)?.get('Content')).toBe('<b>一</b>\n二')
  })

  it('shows a notice with every block', async () => {
    const zhao = await choose('赵一')
    await say(zhao, '通知')
    const notice = card(zhao, '4月联系支部报告')
    await notice.waitFor()
    const text = await notice.innerText()
    for (const words of [
      '党委办公室',
      '3/4',
      '已走访支部',
      '原文',
      '每月至少到联系支部一次',
      '请直接回复一段话。',
      '软件教研室党支部',
      '任务清单',
      '党建小程序',
    ])
      expect(text).toContain(words)
    expect(await notice.getByRole('link', { name: '查看原文' }).getAttribute('href')).toBe('https://example.org/plan')
    await notice.getByRole('button', { name: '卡片操作' }).click()
    await notice.getByRole('button', { name: '稍后提醒' }).click()
    await notice.getByText('已选：later').waitFor()
    expect(college.bot.heard.at(-1)?.get('Event')).toBe('template_card_menu_event')
  })

  it('shows pictures as places, without asking other hosts', async () => {
    const zhao = await choose('赵一')
    await say(zhao, '图文')
    const news = card(zhao, '一支部一品牌')
    await news.waitFor()
    expect(await news.getByRole('img').count()).toBe(2)
    expect(await news.innerText()).toContain('每周一次学习')
  })

  it('sends a tap with what is selected, and shows the card as it is afterwards: grey, and shut', async () => {
    const li = await choose('李四')
    await say(li, '按钮')
    const buttons = card(li, '第17项 群众评议')
    expect(await buttons.getByLabel('得分').inputValue()).toBe('8')
    await buttons.getByLabel('得分').selectOption('9分')
    await buttons.getByRole('button', { name: '确定' }).click()
    await buttons.getByRole('button', { name: 'ok 9' }).waitFor()
    expect(await buttons.getByRole('button', { name: 'ok 9' }).isDisabled()).toBe(true)
    expect(await buttons.getByLabel('得分').isDisabled()).toBe(true)
    expect(await buttons.getByRole('button', { name: '确定' }).count()).toBe(0)
  })

  it('takes several ticks, one choice, and selects', async () => {
    const li = await choose('李四')
    await say(li, '多选')
    const list = card(li, '软件教研室党支部')
    for (const item of ['3 项目名称', '15 项目名称'])
      await list.getByRole('checkbox', { name: item, exact: true }).uncheck()
    await list.getByRole('button', { name: '提交' }).click()
    await list.getByText('done i1 i2 i4 i5 i6 i7 i8 i9 i10 i11 i12 i13 i14 i16 i17 i18').waitFor()
    await say(li, '单选')
    await card(li, '选择支部').getByRole('radio', { name: '软件教研室党支部' }).check()
    await card(li, '选择支部').getByRole('button', { name: '选定' }).click()
    await card(li, '选择支部').getByText('done b2').waitFor()
    await say(li, '下拉')
    await card(li, '评分 1/6').getByLabel('第2项').selectOption('3分')
    await card(li, '评分 1/6').getByRole('button', { name: '下一页' }).click()
    await card(li, '评分 1/6').getByText('next q1_5 q2_3 q3_5').waitFor()
  })

  it('has the menu of the app below the conversation', async () => {
    const li = await choose('李四')
    await li.getByRole('button', { name: '填报' }).click()
    await li.getByRole('button', { name: '三会一课' }).click()
    await li.getByText('收到：三会一课').waitFor()
    expect(await li.getByRole('button', { name: '三会一课' }).isVisible()).toBe(false)
    await li.getByRole('button', { name: '帮助', exact: true }).click()
    await li.getByText('收到：帮助').waitFor()
    expect(college.bot.heard.map((heard) => heard.get('Event'))).toEqual(['enter_agent', 'click', 'click'])
  })

  it('marks what is unread when the clock moves to the next working day', async () => {
    await page.getByRole('button', { name: '下一个工作日 09:07' }).click()
    await page.getByText('现在是4月19日 09:07，新到 1 条消息').waitFor()
    await expect.poll(() => page.locator('#now').innerText()).toBe('2022年4月19日 星期二 09:07')
    await people()
      .getByRole('button', { name: /杨信息.*1条未读/ })
      .first()
      .waitFor()
    await page.getByLabel('只看未读').check()
    const yang = await choose('杨信息')
    await yang.getByText('支部评分 2/4').waitFor()
    await page.getByText('没有未读消息').waitFor()
  })

  it('moves the clock to a chosen moment, forward only', async () => {
    await page.getByRole('button', { name: '移到…' }).click()
    await page.getByLabel('把时钟拨到').fill('2022-05-31T09:07')
    await page.getByRole('button', { name: '拨过去' }).click()
    await page.getByText('现在是5月31日 09:07').waitFor()
    const back = await fetch(`${college.url}/sim/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"to":"2022-05-01T09:00:00+08:00"}',
    })
    expect(back.status).toBe(400)
  })

  it('gives files to keep, and groups to read', async () => {
    const form = new FormData()
    form.set('media', new Blob(['PK document']), '汇总表.docx')
    const webhook = `${college.wecom.base}/cgi-bin/webhook`
    const { media_id } = await ask(`${webhook}/upload_media?key=college&type=file`, { method: 'POST', body: form })
    await ask(`${webhook}/send?key=college`, {
      method: 'POST',
      body: JSON.stringify({ msgtype: 'file', file: { media_id } }),
    })
    await people()
      .getByRole('button', { name: /全院党建工作群/ })
      .click()
    const group = page.getByRole('region', { name: '群 全院党建工作群' })
    const download = page.waitForEvent('download')
    await group.getByRole('link', { name: '下载 汇总表.docx' }).click()
    expect((await download).suggestedFilename()).toBe('汇总表.docx')
    expect(await group.getByLabel('发消息').count()).toBe(0)
  })

  it('shows the same phones after a reload, and tells where the real platform would refuse', async () => {
    await say(await choose('李四'), '你好')
    await page.reload()
    await page.getByRole('region', { name: '李四的手机' }).getByText('收到：你好').waitFor()
    await fetch(`${college.wecom.base}/cgi-bin/webhook/send?key=college`, {
      method: 'POST',
      body: '{"msgtype":"text","text":{"content":""}}',
    })
    await page.getByRole('button', { name: '平台校验 1' }).click()
    await page.getByText(/93017/).waitFor()
    expect(college.wecom.violations).toHaveLength(1)
    await college.close()
    college = await simulatedCollege()
  })

  it('fits a phone: one list or one conversation, nothing wider than the screen', async () => {
    await page.close()
    page = await newPage({ width: 390, height: 800 })
    await page.goto(college.url)
    const wide = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    const li = await choose('李四')
    expect(await people().isVisible()).toBe(false)
    await say(li, '按钮')
    await card(li, '第17项 群众评议').waitFor()
    expect(await wide()).toBe(0)
    await li.getByRole('button', { name: '返回名单' }).click()
    expect(await people().isVisible()).toBe(true)
    expect(await wide()).toBe(0)
  })
})
