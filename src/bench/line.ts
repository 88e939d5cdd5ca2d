/** One figure, as an output line holds it. */
export type Line = { figure: string; [field: string]: string | number }

export const figure = (name: string, fields: { [field: string]: string | number }): Line => ({
  figure: name,
  ...fields,
})

/** Four significant digits. More would claim a precision that we do not have. */
export const rounded = (value: number | undefined): number => Number((value ?? Number.NaN).toPrecision(4))
