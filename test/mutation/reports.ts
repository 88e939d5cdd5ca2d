/** The reports of Stryker, as far as they are used here. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Place = z.object({ line: z.number(), column: z.number() })
const Mutant = z.looseObject({
  status: z.string(),
  mutatorName: z.string(),
  replacement: z.string().exactOptional(),
  location: z.object({ start: Place, end: Place }),
})
export type Mutant = z.infer<typeof Mutant>
const Report = z.looseObject({ files: z.record(z.string(), z.looseObject({ mutants: z.array(Mutant) })) })

/** The mutants of a report, with their files. */
export const mutantsIn = (report: string): { file: string; mutant: Mutant }[] =>
  Object.entries(Report.parse(JSON.parse(readFileSync(report, 'utf8'))).files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ file, mutant })),
  )
export const isUnnoticed = ({ status }: Mutant): boolean => status === 'Survived' || status === 'NoCoverage'
export const isNoticed = ({ status }: Mutant): boolean => status === 'Killed' || status === 'Timeout'
