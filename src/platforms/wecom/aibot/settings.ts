/** 智能机器人 with callbacks to our address. */
export type AibotUrlSettings = { token: string; encodingAesKey: string }
/** 智能机器人 by long connection. `address` is the gateway's. */
export type AibotSocketSettings = { botId: string; secret: string; address: string }
