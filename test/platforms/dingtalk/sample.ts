import { readFileSync } from 'node:fs'

/** A sample payload from DingTalk's documents. */
export const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`samples/${name}.json`, import.meta.url), 'utf8'))
