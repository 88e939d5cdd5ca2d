import { figure, type Line, rounded } from './line.ts'

/** `of` selects the figure by its fields. `atLeast` or `atMost` is the bound. */
type Goal = { name: string; of: { [field: string]: string | number }; value: string } & (
  | { atLeast: number }
  | { atMost: number }
)

const callbacks = (what: string, branches: number) => ({ figure: 'callbacks', engine: 'embedded', what, branches })

/** The project's goals, as `docs/performance.md` states them. */
function goalsOf(sizes: readonly number[]): Goal[] {
  const [small = 0] = sizes
  const large = sizes.at(-1) ?? small
  const memory = { figure: 'memory', engine: 'embedded', what: 'score card', branches: small }
  return [
    {
      name: 'score card in a line, of a bare server',
      of: callbacks('score card', small),
      value: 'ratio',
      atLeast: 0.25,
    },
    { name: 'help, of a bare server', of: callbacks('help', small), value: 'ratio', atLeast: 0.35 },
    { name: 'memory at rest, MB', of: memory, value: 'restMb', atMost: 110 },
    { name: 'memory under the flood, MB', of: memory, value: 'loadMb', atMost: 160 },
    { name: 'all that is due, reckoned, seconds', of: { figure: 'due' }, value: 'seconds', atMost: 0.4 },
    { name: 'all that is due, memory grown, MB', of: { figure: 'due' }, value: 'grownMb', atMost: 40 },
    { name: 'a minute without change, ms', of: { figure: 'due' }, value: 'minuteMs', atMost: 5 },
    { name: 'a rehearsal, seconds', of: { figure: 'rehearsal', branches: large }, value: 'seconds', atMost: 3 },
    { name: 'start with a year in the store, seconds', of: { figure: 'start' }, value: 'seconds', atMost: 1 },
    { name: 'two instances, of one', of: { figure: 'scale-out' }, value: 'times', atLeast: 1.6 },
  ]
}

/** One line for each goal: the measured value and whether the goal holds. A goal that was not measured here has no line. */
export function goalLines(lines: readonly Line[], sizes: readonly number[]): Line[] {
  const found = (of: Goal['of']): Line | undefined =>
    lines.find((line) => Object.entries(of).every(([field, value]) => line[field] === value))
  const judged = goalsOf(sizes).flatMap((goal) => {
    const measured = found(goal.of)?.[goal.value]
    return typeof measured === 'number' ? [judge(goal, measured)] : []
  })
  return [...judged, ...['score card', 'help'].flatMap((what) => sameInLarge(what, sizes, found))]
}

function judge(goal: Goal, measured: number): Line {
  const holds = 'atLeast' in goal ? measured >= goal.atLeast : measured <= goal.atMost
  const wanted = 'atLeast' in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`
  return figure('goal', { goal: goal.name, wanted, measured, holds: holds ? 'yes' : 'no' })
}

/** Compares the largest college with the smallest, each relative to its own bare server. */
function sameInLarge(what: string, sizes: readonly number[], found: (of: Goal['of']) => Line | undefined): Line[] {
  const ratios = [sizes[0], sizes.at(-1)].map((branches) => found(callbacks(what, branches ?? 0))?.['ratio'])
  const [small, large] = ratios
  if (typeof small !== 'number' || typeof large !== 'number') return []
  const measured = rounded(1 - large / small)
  const name = `${what}: less with ${sizes.at(-1)} branches than with ${sizes[0]}`
  return [judge({ name, of: {}, value: '', atMost: 0.15 }, measured)]
}
