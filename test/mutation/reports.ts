/** The reports of Stryker, as far as they are used here. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Place = z.object({ line: z.number(), column: z.number() })
const Mutant = z.looseObject({
  status: z.string(),
  mutatorName: z.string(),
  replacement: z.string().exactOptional(),
  testsCompleted: z.number().exactOptional(),
  location: z.object({ start: Place, end: Place }),
})
export type Mutant = z.infer<typeof Mutant>
const Report = z.looseObject({ files: z.record(z.string(), z.looseObject({ mutants: z.array(Mutant) })) })

/** The mutants of a report, with their files. */
export const mutantsIn = (report: string): { file: string; mutant: Mutant }[] =>
  Object.entries(Report.parse(JSON.parse(readFileSync(report, 'utf8'))).files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ file, mutant })),
  )
/** A module that fails while it is loaded fails all its tests before they begin. The runner sees none that failed, and says `Survived`. */
const failsToLoad = ({ status, testsCompleted }: Mutant): boolean => status === 'Survived' && testsCompleted === 0
export const isNoticed = (mutant: Mutant): boolean =>
  mutant.status === 'Killed' || mutant.status === 'Timeout' || failsToLoad(mutant)
export const isUnnoticed = (mutant: Mutant): boolean =>
  mutant.status === 'NoCoverage' || (mutant.status === 'Survived' && !failsToLoad(mutant))
