import { z } from 'zod'
import { issueLinkCodes, LinkCode } from '../bot/roster-import/link-codes.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { askRunning } from '../wiring/control.ts'
import { openStore, storeFolder } from '../wiring/open-store.ts'
import { command } from './run-command.ts'

/** For a 智能机器人 whose creator is not a super administrator, if there is no self-built app that knows the members. */
const declared = {
  name: 'link-codes',
  about: '给每个有企业微信账号的人一个绑定码，当面交给本人，发给智能机器人一次；以前发的码作废。程序运行时也可以。',
  wants: [],
  options: {},
}

await command(declared, async () => {
  const config = readConfig(loadEnvironment())
  const running = config.redis ? undefined : await askRunning(storeFolder(config), 'link-codes', '')
  const codes = running ? z.array(LinkCode).parse(running.value) : await issueDirectly()
  for (const { name, account, code } of codes) process.stdout.write(`${name}\t${account}\t${code}\n`)
  if (codes.length === 0) process.stderr.write('名册里没有企业微信账号，请先导入名册\n')
  return codes.length > 0 ? 0 : 1

  async function issueDirectly(): Promise<LinkCode[]> {
    const store = await openStore(config)
    try {
      return await issueLinkCodes(store)
    } finally {
      await store.close()
    }
  }
})
