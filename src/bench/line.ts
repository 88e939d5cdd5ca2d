/** One figure, as a line says it. */
export type Line = { figure: string; [field: string]: string | number }

export const figure = (name: string, fields: { [field: string]: string | number }): Line => ({
  figure: name,
  ...fields,
})

/** Four significant digits: more would say nothing. */
export const rounded = (value: number | undefined): number => Number((value ?? Number.NaN).toPrecision(4))
