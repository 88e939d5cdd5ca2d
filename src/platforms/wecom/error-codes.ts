import type { ErrorCodes } from '../../bot/messages/error-codes.ts'

const itself = '不用处理，程序会自己重试'
const report = '是程序的问题：请连同日志里这一行提交 issue'
const console_ = '企业微信管理后台'

/** WeCom's codes (app, group robot, 智能机器人), each with the remedy for the administrator; wecom.md §20 and the sections beside it. */
export const wecomErrorCodes: readonly ErrorCodes[] = [
  { codes: '-1 6000', means: '企业微信系统繁忙', todo: itself },
  { codes: '45009 45033 130101', means: '调用太频繁', todo: `${itself}；天天出现时，看是不是别的程序也在用这个应用` },
  { codes: '40001 40013 40091', means: '应用密钥或企业 ID 不对', todo: '核对 WECOM_SECRET 和 WECOM_CORP_ID' },
  { codes: '40014 42001 41001', means: '令牌过期', todo: '不用处理，程序会换新的' },
  { codes: '40056 301002', means: '应用编号与密钥不是同一个应用', todo: '核对 WECOM_AGENT_ID 和 WECOM_SECRET' },
  {
    codes: '60020',
    means: '本机的出口 IP 不在“企业可信IP”中',
    todo: `${console_} → 该应用 → 企业可信IP，加入日志里写的 IP`,
  },
  {
    codes: '43012 40057 85011',
    means: '应用没有可用的接收消息地址',
    todo: `${console_} → 该应用 → 接收消息 → 设置API接收，URL 填 PUBLIC_URL/wecom/callback`,
  },
  {
    codes: '50001 80001 85005',
    means: '可信域名没有设好',
    todo: `${console_} → 该应用 → 网页授权及JS-SDK，把 PUBLIC_URL 的域名设为可信域名；校验文件放在 DATA_DIR/verify/`,
  },
  {
    codes: '50003 48006',
    means: '应用已停用，或长期未使用被收回权限',
    todo: `${console_} → 应用管理，启用这个应用`,
  },
  {
    codes: '48002',
    means: '这个密钥没有权限',
    todo: 'WECOM_SECRET 要用自建应用自己的 Secret；由机器人建群时，可见范围要包括根部门',
  },
  {
    codes: '48009',
    means: '通讯录接口的新 IP 未获许可',
    todo: '本程序不读通讯录；请核对 WECOM_SECRET 不是通讯录的 Secret',
  },
  { codes: '48010', means: 'TLS 版本太旧', todo: '检查 WECOM_API_BASE 前面的代理，要支持 TLS 1.2 以上' },
  {
    codes: '60011 60021 50002 40003 40031 60111 60003 46004',
    means: '这个人不在应用的可见范围，或账号不对',
    todo: `${console_} → 该应用 → 可见范围加入这个人；再核对名册里的“企业微信账号”是成员详情里的“账号”`,
  },
  {
    codes: '81013 81012 82001',
    means: '没有一个接收人有效',
    todo: '核对名册里的“企业微信账号”和应用的可见范围，改好后重新导入名册',
  },
  { codes: '40029 42003 42022', means: '登录看板的授权码无效、过期或用过', todo: '请本人从看板首页重新登录' },
  { codes: '40007 40145 42029', means: '素材过期', todo: '不用处理，程序会重新上传' },
  { codes: '60140 42015 42016', means: '卡片已经不能就地更新', todo: '不用处理，程序会发一张新卡片' },
  {
    codes: '42014 846625',
    means: '卡片编号不对，或与发过的重复',
    todo: '不用处理，程序的编号不会错，是这张卡片之前已送到',
  },
  {
    codes: '40050 86001 86003 86008 93006',
    means: '群不存在，或不是本应用建的',
    todo: '核对名册“群”表的标识；由机器人建的群，标识留空',
  },
  {
    codes: '93000 93001 93004 93008',
    means: '群机器人被移除、停用或不在群里',
    todo: '在群里重新添加群机器人，把新的 key 写进名册“群”表的标识',
  },
  {
    codes: '40201 82004 85002',
    means: '内容被企业微信拒绝',
    todo: '请当事人换个说法重发；反复出现时提交 issue',
  },
  {
    codes: '853000',
    means: '智能机器人 ID 或 Secret 不对',
    todo: '核对 WECOM_BOT_ID 和 WECOM_BOT_SECRET（长连接专用 Secret）',
  },
  {
    codes: '846601',
    means: '智能机器人没有设为长连接方式',
    todo: '在机器人设置里改为“长连接”，或改用 WECOM_BOT_TOKEN（URL 回调）',
  },
  { codes: '846609', means: '长连接没有订阅', todo: '不用处理，程序会重新连接' },
  {
    codes: '846607',
    means: '发得太密，或这个人还没给机器人发过消息',
    todo: '请这个人先给机器人发一句“帮助”；名单见发给组织部的“未激活”',
  },
  { codes: '846604 846605 846606 846608', means: '已不能在原消息下回答', todo: '不用处理，程序会另发一条' },
  { codes: '42052', means: '超过24小时不能撤回', todo: '不用处理，本程序不撤回消息' },
  {
    codes: `
      40004 40005 40006 40009 40011 40123 40146 44001 45001 45007 301016 301017 830002 846697 846610
      846611 846612 846613 846614 846615 846616
    `,
    means: '文件上传或下载被拒绝（类型、大小、空文件）',
    todo: '请当事人过一会儿再要一次这份文件；仍不行，连同日志提交 issue',
  },
  {
    codes: '43004',
    means: '这个人没有在微信里关注本企业',
    todo: '请这个人装企业微信客户端看消息，或在微信里扫“微信插件”的二维码',
  },
  {
    codes: `
      40008 40032 40033 40035 40058 40063 44004 45002 82002 82003 93017 93018 40016 40022 40023
      42017 42018 42019 42020 42027 42028 42030 42031 42033 42035 42036 42037 42038 42039 42040 42041
      42042 42043 42044 42045 42046 42047 42049 42050 42051
    `,
    means: '请求的格式或长度不合要求',
    todo: report,
  },
]
