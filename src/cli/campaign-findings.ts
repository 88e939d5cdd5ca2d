import { readFile } from 'node:fs/promises'
import { lintCampaign } from '../campaign/lint/lint.ts'
import type { Finding } from '../campaign/plan/campaign-file.ts'
import { readTerms } from '../campaign/plan/terms.ts'
import { stopped } from '../errors.ts'

const termsFile = 'campaigns/terms.yaml'

/** The text of a campaign file. Throws Stopped if the file cannot be read. */
export const readCampaignText = async (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw stopped('file-unreadable', { file })
  })

/** The findings of the lint in a campaign's text, including those about terms of Party practice. */
export async function findingsOf(text: string): Promise<Finding[]> {
  const terms = await readFile(termsFile, 'utf8').catch(() => {
    throw stopped('terms-unreadable', { file: termsFile })
  })
  return lintCampaign(text, readTerms(terms))
}

export const lineOf = ({ level, place, sentence }: Finding): string => `${level} ${place} ${sentence}\n`
/** The exit code: 1 if there are errors, 0 if there are only warnings. */
export const exitCodeOf = (findings: readonly Finding[]): number =>
  findings.some(({ level }) => level === '错误') ? 1 : 0
