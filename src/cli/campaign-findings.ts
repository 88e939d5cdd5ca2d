import { readFile } from 'node:fs/promises'
import { lintCampaign } from '../campaign/lint/lint.ts'
import type { Finding } from '../campaign/plan/campaign-file.ts'
import { readTerms } from '../campaign/plan/terms.ts'
import { stopped } from '../errors.ts'

const termsFile = 'campaigns/terms.yaml'

/** The text of a campaign file. Throws Stopped where it cannot be read. */
export const readCampaignText = async (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw stopped('file-unreadable', { file })
  })

/** What lint has to say, with the terms of Party practice. */
export async function findingsOf(text: string): Promise<Finding[]> {
  const terms = await readFile(termsFile, 'utf8').catch(() => {
    throw stopped('terms-unreadable', { file: termsFile })
  })
  return lintCampaign(text, readTerms(terms))
}

export const lineOf = ({ level, place, sentence }: Finding): string => `${level} ${place} ${sentence}\n`
/** 1 on errors, 0 on warnings alone. */
export const exitCodeOf = (findings: readonly Finding[]): number =>
  findings.some(({ level }) => level === '错误') ? 1 : 0
