import type { Turn } from './turn.ts'

/** Who does something and when, as records keep it: a person's id and an ISO instant. */
export const deedOf = ({ who, now }: Pick<Turn, 'who' | 'now'>): { by: string; at: string } => ({
  by: who.id,
  at: now.toString({ timeZoneName: 'never' }),
})
