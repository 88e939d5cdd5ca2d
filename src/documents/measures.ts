/**
 * The measures of GB/T 9704-2012 that drafts need. Lengths are whole twips (1/20 pt), because Word takes only whole ones. Font sizes are
 * half points.
 */

const twips = (mm: number): number => Math.round((mm / 25.4) * 1440)

export const page = { width: twips(210), height: twips(297) }
export const margin = {
  top: twips(37),
  left: twips(28),
  bottom: twips(35),
  right: twips(26),
  header: twips(15),
  footer: twips(25),
}
export const textWidth = page.width - margin.left - margin.right

/** A page of running text has 22 lines of 28 characters. */
const linesOnPage = 22
const charactersInLine = 28
/** The distance from line to line: 225 mm hold 22 lines. */
export const linePitch = Math.floor((page.height - margin.top - margin.bottom) / linesOnPage)
/** The distance from character to character. */
export const advance = Math.floor(textWidth / charactersInLine)

/** 2号, 3号, 四号, 小四, 五号. */
export const sizes = { title: 44, body: 32, note: 28, table: 24, dense: 21 }

export const fonts = {
  title: '方正小标宋简体',
  heading: '黑体',
  subheading: '楷体_GB2312',
  body: '仿宋_GB2312',
  number: '宋体',
}
export type Font = keyof typeof fonts
