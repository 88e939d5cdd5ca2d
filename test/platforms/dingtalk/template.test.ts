import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cardBodies } from '../../../src/platforms/dingtalk/form-card.ts'
import { parcelTo } from '../../support/memory-parts.ts'
import { scoreForm } from './parts.ts'

const File = z.strictObject({
  editorData: z.string(),
  widgetInfo: z.string(),
  type: z.literal('im'),
  mode: z.literal('card'),
})
const Editor = z.looseObject({
  schemaVersion: z.literal('3.0.0'),
  schema: z.looseObject({
    componentsMap: z.array(z.looseObject({ componentName: z.string() })),
    componentsTree: z.array(z.looseObject({ children: z.array(z.looseObject({ componentName: z.string() })) })),
  }),
  variableList: z.array(z.looseObject({ name: z.string(), private: z.boolean() })),
})
const Body = z.looseObject({ cardData: z.object({ cardParamMap: z.record(z.string(), z.string()) }) })

const template = new URL('../../../docs/dingtalk-form-card.json', import.meta.url)
const editor = Editor.parse(JSON.parse(File.parse(JSON.parse(readFileSync(template, 'utf8'))).editorData))
const settings = {
  clientId: 'ding',
  clientSecret: 'secret',
  mode: 'stream',
  templateId: 'template',
  apiBase: 'https://api.dingtalk.com',
  oapiBase: 'https://oapi.dingtalk.com',
  publicUrl: undefined,
} as const

describe('the template that is imported into DingTalk', () => {
  it('declares exactly the variables that a card sends, all of them public', () => {
    const card = scoreForm(18)
    const [body] = cardBodies(settings, parcelTo('dt1', { kind: 'card', card }), { card, cards: 1 })
    const sent = Object.keys(Body.parse(JSON.parse(body ?? '')).cardData.cardParamMap)
    expect(editor.variableList.map((variable) => variable.name).sort()).toEqual(sent.sort())
    expect(editor.variableList.every((variable) => !variable.private)).toBe(true)
  })

  it('is told of in docs/dingtalk-card.md: every variable, and how large the form of 18 items is', () => {
    const page = readFileSync('docs/dingtalk-card.md', 'utf8')
    const told = [...page.matchAll(/^\| `(\w+)` \| (?:文本|Markdown|表单) \|/gm)].map(([, name = '']) => name)
    expect(told.sort()).toEqual(editor.variableList.map((variable) => variable.name).sort())
    const card = scoreForm(18)
    const [body] = cardBodies(settings, parcelTo('dt1', { kind: 'card', card }), { card, cards: 1 })
    const bytes = Buffer.byteLength(Body.parse(JSON.parse(body ?? '')).cardData.cardParamMap['form'] ?? '')
    expect(page).toContain(`约 ${Math.round(bytes / 1000)} KB（18 项）`)
  })

  it('binds every variable to a component that it declares', () => {
    const [tree] = editor.schema.componentsTree
    const bound = JSON.stringify(tree)
    for (const { name } of editor.variableList)
      expect(bound).toMatch(new RegExp(`"variable":"${name}"|\\$\\{${name}\\}`))
    const declared = editor.schema.componentsMap.map((component) => component.componentName)
    expect(tree?.children.map((child) => child.componentName)).toEqual(['CardHeaderV2', 'Markdown', 'Form'])
    expect(declared).toEqual(expect.arrayContaining(['CardHeaderV2', 'Markdown', 'Form', 'Card']))
  })
})
