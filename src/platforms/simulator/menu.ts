import { z } from 'zod'
import { Refusal } from './api-call.ts'

const name = (bytes: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= bytes, `over ${bytes} bytes`)
const key = name(128).exactOptional()
const url = z
  .string()
  .regex(/^https?:\/\//)
  .refine((text) => Buffer.byteLength(text) <= 1024)
  .exactOptional()
const Kind = z.enum([
  'click',
  'view',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
  'view_miniprogram',
])
const Entry = z.strictObject({
  type: Kind,
  name: name(40),
  key,
  url,
  pagepath: z.string().exactOptional(),
  appid: z.string().exactOptional(),
})
const Top = z.strictObject({
  type: Kind.exactOptional(),
  name: name(16),
  key,
  url,
  sub_button: z.array(Entry).max(5).exactOptional(),
})
const Menu = z.object({ button: z.array(Top).min(1).max(3) })
export type Menu = z.infer<typeof Menu>

const errcodes: [RegExp, number][] = [
  [/sub_button$/, 40023],
  [/sub_button/, 40022],
  [/^button(\.\d+\.name)?$/, 40016],
]

/** Reads the menu of an app (P-90231). Throws the refusal that names the fault in it. */
export function readMenu(body: unknown): Menu {
  const parsed = Menu.safeParse(body)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new Refusal(
      errcodes.find(([pattern]) => pattern.test(path))?.[1] ?? 40058,
      `${path}: ${parsed.error.issues[0]?.message}`,
    )
  }
  for (const top of parsed.data.button) {
    if (top.sub_button?.length) top.sub_button.forEach(checkEntry)
    else checkEntry(top)
  }
  return parsed.data
}

function checkEntry({ type, key, url }: { type?: z.infer<typeof Kind>; key?: string; url?: string }): void {
  if (!type) throw new Refusal(40058, 'an entry needs a type or entries below it')
  if (type === 'view' ? !url : type !== 'view_miniprogram' && !key)
    throw new Refusal(40063, 'an entry needs a key or url')
}
