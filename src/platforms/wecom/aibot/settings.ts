/** 智能机器人 whose callbacks come to an address of ours. */
export type AibotUrlSettings = { token: string; encodingAesKey: string }
/** 智能机器人 by long connection; `address`: of the gateway. */
export type AibotSocketSettings = { botId: string; secret: string; address: string }
