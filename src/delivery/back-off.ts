/** The milliseconds before the next try of a message: exponential with jitter, at most a minute. */
export const backOff = (attempts: number): number => Math.min(60_000, 250 * 2 ** attempts) * (0.5 + Math.random() / 2)
