import type { ErrorCodes } from '../../bot/messages/error-codes.ts'

const itself = '不用处理，程序会自己重试'
const report = '是程序的问题：请连同日志里这一行提交 issue'
const place = '钉钉开放平台 → 该应用'

/** DingTalk's codes of both APIs, each with the remedy for the administrator; dingtalk.md §1–§10. */
export const dingtalkErrorCodes: readonly ErrorCodes[] = [
  {
    codes: '-1 system.error system.busy server.error unknown.send.result system.updateCallbackFailed',
    means: '钉钉系统繁忙',
    todo: itself,
  },
  {
    codes: `
      90018 90002 send.too.fast 410100 660026 toomuch.msg Forbidden.AccessDenied.QpsLimitForAppkeyAndApi
      Forbidden.AccessDenied.QpsLimitForApi Forbidden.AccessDenied.QpmLimitForAppkeyAndApi
    `,
    means: '调用太频繁',
    todo: `${itself}；天天出现时，看是不是别的程序也在用这个应用`,
  },
  { codes: '1111', means: '本机的 IP 被钉钉限制五分钟', todo: `${itself}；看同一出口 IP 上有没有别的程序` },
  { codes: '40014 42001 InvalidAuthentication', means: '令牌过期', todo: '不用处理，程序会换新的' },
  {
    codes: `
      40096 invalidClientIdOrSecret invalid.client unauthorized.client authFailed unknownError
      invalidParameter.robotCode.notExsit invalidParameter.robotCode.auth
    `,
    means: '应用凭证不对',
    todo: '核对 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET（“凭证与基础信息”里的 Client ID、Client Secret）',
  },
  {
    codes: '60011 43007 Forbidden.AccessDenied.AccessTokenPermissionDenied',
    means: '权限没有开通',
    todo: `${place} → 权限管理，申请日志方括号里的权限，再到“版本管理与发布”发布新版本`,
  },
  {
    codes: '60020 Forbidden.AccessDenied.IpNotInWhiteList',
    means: '本机的出口 IP 不在“服务器出口IP”中',
    todo: `${place} → 安全设置 → 服务器出口IP，加入本机的出口 IP`,
  },
  {
    codes: '90020 Forbidden.AccessDenied.ApiCountLimitForOrg',
    means: '本月接口调用量用完',
    todo: '升级版本，或等到下月；额度写在 DINGTALK_QUOTA，用量看 dangjian_quota_used',
  },
  { codes: '20001', means: '本月消息额度用完，收到的消息没有内容', todo: '升级版本，或等到下月；当事人已得到说明' },
  {
    codes: '50002 chatbotId.notAllow.sendOTO',
    means: '接收人不在应用的权限范围内',
    todo: `${place} → 权限管理放宽通讯录权限范围，版本发布时放宽可使用范围`,
  },
  {
    codes: 'robot.oto.notExist invalid.chatbotId',
    means: '应用没有可用的机器人',
    todo: `${place} → 添加应用能力 → 机器人，再发布版本`,
  },
  {
    codes: '33012 60121 40104 staffId.notExisted param.userIdNotExist miss.staffId 60003',
    means: '找不到这个人（60003 是部门）',
    todo: '核对名册里的“钉钉账号”是通讯录里的员工 UserID，改好后重新导入名册',
  },
  {
    codes: '300005 400013 400101 400102 400106',
    means: '群已解散，或群机器人被移除、停用',
    todo: '在群里重新添加机器人，把新的 access_token 写进名册“群”表的标识',
  },
  {
    codes: '310000',
    means: '群机器人的安全设置不符',
    todo: '机器人安全设置选“加签”，把密钥写进名册“群”表的“加签密钥”；不要设关键词和 IP 段',
  },
  { codes: '300001', means: '在原对话里回答的时限已过', todo: '不用处理，程序会另发一条' },
  {
    codes: `
      template.stopped param.cardTemplateIdEmpty param.templateNotExist param.templateUnpublished
    `,
    means: '卡片模板不存在、停用或没有发布',
    todo: '核对 DINGTALK_CARD_TEMPLATE_ID，并在卡片平台发布模板（见 docs/dingtalk-card.md）；其间用文字评分',
  },
  { codes: 'param.cardAlreadyExist', means: '卡片已经送到', todo: '不用处理' },
  { codes: 'param.cardNotExist', means: '要更新的卡片不存在', todo: '请当事人重新发“评分”' },
  {
    codes: `
      contain.unsafe.url param.contentUnsafe 430101 430102 430103 430104 invalidParameter.msg.unsupport
      400105
    `,
    means: '内容被钉钉拒绝',
    todo: '请当事人换个说法重发；反复出现时提交 issue',
  },
  {
    codes: '143105 143106 ding.serverquota.insufficient ding.receivercount.limit send.ding.exception',
    means: '工作通知或 DING 的限制',
    todo: '本程序不发工作通知和 DING：看同一应用是不是还有别的程序在用',
  },
  {
    codes: '900001 900002 900003 900004 900005 900006 900007 900008 900009 900010',
    means: '事件订阅的加解密不符',
    todo: '本程序不用事件订阅：在“事件订阅”里停掉 HTTP 推送',
  },
  {
    codes: `
      22 40000 40004 40035 43004 AuthenticationFailed.MissingParameter unsupported.grant.type
      invalidParameter.robotCode.empty invalidParameter.userIds.empty invalidParameter.userIds.overMax
      invalidParameter.msgKey.empty invalidParameter.msgKey.invalid invalidParameter.msgParam.invalid
      invalidParameter.msgParam.tooLong invalidParameter.param.invalid invalidParameter.token.invalid
      too.many.people param.empty param.cardDataAndPrivateDataBothEmpty miss.param param.outTrackIdEmpty
      param.openSpaceIdEmpty param.openDeliverModelEmpty param.openDeliverModelError
      param.openSpaceIdInvalid param.userIdEmpty param.cardPublicDataEmpty param.openSpaceModelInvalid
      param.callbackRouteKeyEmpty param.callbackUrlEmpty param.callbackRouteKeyExist
    `,
    means: '请求的格式或长度不合要求',
    todo: report,
  },
]
