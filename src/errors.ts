/**
 * The errors that stop a start or a command, by code. `line` is what the administrator reads. If a setting is wrong, the line begins with
 * its name and a colon. The code that throws the error fills in the {blanks}. `page` is the page of `docs/` that explains more.
 * `docs/errors.md` is made from this table. Replies to people are in `src/bot/turn/words.ts` and in each conversation; lines of the log are
 * in `docs/operations.md`.
 */
export const errors = {
  'setting-wrong': { line: '{setting}：{why}', page: 'install.md' },
  'setting-missing': { line: '{setting}：设置了 {because} 就要一并设置这一项', page: 'install.md' },
  'two-ways-of-aibot': {
    line: 'WECOM_BOT_TOKEN：智能机器人只能用一种方式，请只留 WECOM_BOT_TOKEN（URL 回调）或 WECOM_BOT_ID（长连接）',
    page: 'install.md',
  },
  'sentinels-alone': {
    line: 'REDIS_URL：设置了 REDIS_SENTINELS 就要一并设置这一项（用户名、密码和库号取自它）',
    page: 'redis.md',
  },
  'old-key-alone': { line: 'DATA_KEY：更换密钥时要同时设置新的 DATA_KEY', page: 'backup.md' },
  'environment-file': { line: '{problem}', page: 'install.md' },
  'port-taken': { line: 'PORT：{place} 不能监听（{why}）', page: 'install.md' },
  'certificate-unreadable': { line: 'NODE_EXTRA_CA_CERTS：读不到证书文件 {file}', page: 'install.md' },
  'certificate-not-pem': {
    line: 'NODE_EXTRA_CA_CERTS：{file} 不是 PEM 格式的证书（-----BEGIN CERTIFICATE----- 开头）',
    page: 'install.md',
  },

  'campaign-unreadable': { line: '{setting}：读不到活动文件 {file}', page: 'campaign-file.md' },
  'campaign-wrong': {
    line: '{setting}：{file} 有错误：{first}{more}请运行 npm run lint:campaign 查看',
    page: 'campaign-file.md',
  },
  'terms-unreadable': { line: '读不到 {file}，请在程序的文件夹里运行。', page: 'campaign-file.md' },
  'roster-unreadable': { line: '{setting}：读不到名册文件 {file}', page: 'roster.md' },
  'roster-wrong': { line: '{setting}：{why}', page: 'roster.md' },

  'store-in-use': { line: 'DATA_DIR：{dir} 正由另一个运行中的程序使用，请先停止它', page: 'backup.md' },
  'store-empty': { line: 'DATA_DIR：{dir} 里还没有数据（没有 store.db）', page: 'backup.md' },
  'store-broken': {
    line: 'DATA_DIR：{dir} 里的数据打不开（{why}），请检查目录权限、磁盘空间和文件是否完好',
    page: 'backup.md',
  },
  'store-of-simulator': {
    line: 'DATA_DIR：这里是模拟器的数据，不能用于企业微信或钉钉的正式运行，请换一个目录',
    page: 'backup.md',
  },
  'store-of-platform': {
    line: 'DATA_DIR：这里是企业微信或钉钉正式运行的数据，不能用作模拟器的数据，请换一个目录',
    page: 'backup.md',
  },
  'redis-unreachable': {
    line: 'REDIS_URL：连不上 Redis（{why}），请检查地址、密码和 Redis 是否在运行',
    page: 'redis.md',
  },
  'redis-in-use': {
    line: 'REDIS_URL：有程序正在使用这个存储，请先停止全部程序（意外中断的，等{seconds}秒再试）',
    page: 'redis.md',
  },
  'key-missing': { line: 'DATA_KEY：存储里的数据是加密的，请设置加密它的那个密钥', page: 'backup.md' },
  'key-wrong': {
    line: 'DATA_KEY：存储里的数据打不开，密钥不对（更换密钥时把旧的填在 DATA_KEY_OLD，换完之前不要去掉）',
    page: 'backup.md',
  },
  'value-altered': { line: 'DATA_KEY：存储里有一个值打不开，它被改动过，请运行 npm run verify', page: 'backup.md' },
  'mark-altered': { line: 'DATA_KEY：存储里关于加密的记录被改动过，请从备份恢复', page: 'backup.md' },

  usage: { line: '{problem}{usage}', page: 'operations.md' },
  'option-wrong': { line: '{option} 应为{what}', page: 'operations.md' },
  'year-wrong': { line: '年份应为四位数字，如 npm run new-campaign -- 2027', page: 'operations.md' },
  'from-after-to': { line: '--from 不能晚于 --to', page: 'operations.md' },
  'instances-need-redis': { line: '--instances 大于1时要写 --redis', page: 'redis.md' },
  'file-unreadable': { line: '读不到 {file}，请核对文件名。', page: 'operations.md' },
  'file-exists': { line: '{file} 已经有了，没有改动；要重写请先把它移走。', page: 'operations.md' },
  'file-unwritable': { line: '{file} 写不进去，请检查文件夹权限。', page: 'operations.md' },
  'document-unreadable': { line: '{why}', page: 'campaign-file.md' },
  'template-wrong': {
    line: '{file} 有错误，请先运行 npm run lint:campaign -- {file} 并改正。',
    page: 'campaign-file.md',
  },

  'program-silent': { line: '运行中的程序没有答复，请查看它的日志', page: 'operations.md' },
  'program-refused': { line: '{problem}', page: 'operations.md' },
  'command-too-long': { line: '内容太大', page: 'operations.md' },

  'not-archived': { line: '活动“{campaign}”还没有归档，没有清除。{how}', page: 'year.md' },
  'changed-since-archive': {
    line: '活动“{campaign}”归档（{archived}份记录）之后又有改动（现在{now}份），没有清除。{how}',
    page: 'year.md',
  },
  'no-such-campaign': { line: '没有活动“{campaign}”的记录，什么也没有清除，请核对 --campaign', page: 'year.md' },
  'messages-waiting': {
    line: '还有消息没有送出，其中可能有现在这个活动的：请先启动程序让它们送完，再停止它来清除',
    page: 'year.md',
  },
  'export-too-busy': { line: '程序正在频繁写入，没有读到一致的数据，请稍后再试', page: 'backup.md' },
  'folder-not-empty': { line: '目录 {dir} 不是空的，请换一个空目录', page: 'backup.md' },
  'folder-unreadable': { line: '读不到目录 {dir}', page: 'backup.md' },
  'export-empty': { line: '目录 {dir} 里没有导出的记录', page: 'backup.md' },
  'export-line-wrong': { line: '{file} 第{line}行不是导出的记录，或与前面的重复', page: 'backup.md' },
  'import-half-done': {
    line: '上次导入没有完成，存储里只有一部分记录：请用同一个目录再运行一次 npm run import -- 目录',
    page: 'backup.md',
  },
  'import-of-another': {
    line: '上次导入没有完成，导入的是另一些记录：请用同一个目录再导入，或清空存储',
    page: 'backup.md',
  },
  'import-running': { line: '另一个导入正在进行，请等它结束', page: 'backup.md' },
  'store-not-empty': { line: '存储里已有数据，只能导入到空的存储', page: 'backup.md' },
} as const satisfies { readonly [code: string]: { line: string; page: string } }

export type ErrorCode = keyof typeof errors
type Blanks<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Blanks<Rest> : never
/** A value for each blank in the line of a code. */
type Filled<C extends ErrorCode> = { readonly [name in Blanks<(typeof errors)[C]['line']>]: string | number }

/** Thrown if a start or a command must not go on, or cannot. `message` is the filled-in line, `code` its key in the table. */
export class Stopped extends Error {
  override name = 'Stopped'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Makes the error of a code. `filled` has a value for each blank of its line. */
export function stopped<C extends ErrorCode>(code: C, filled: Filled<C>, options?: ErrorOptions): Stopped {
  const blanks = new Map<string, string | number>(Object.entries(filled))
  const line = errors[code].line.replace(/\{(\w{1,20})\}/g, (blank, name: string) => String(blanks.get(name) ?? blank))
  return new Stopped(code, line, options)
}
