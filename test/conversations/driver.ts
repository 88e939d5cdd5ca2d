/** The parts of a channel that a story needs: people's phones on an emulated platform, in words that are the same for all platforms. */

/** The abilities of a channel. If one is missing, a story takes another way or is left out. */
export type Can = {
  /** Has buttons and checklists; otherwise people type everything. */
  cards: boolean
  /** Takes all scores at once in a form. */
  forms: boolean
  files: boolean
  /** Can write to people without being asked. */
  push: boolean
  /** Hears what people say in groups. */
  groups: boolean
}

/** Something new on a screen. `to` is an account, or `#` and the key of a group. `changed` means that it replaced a card. */
export type Seen = { to: string; lines: string[]; changed: boolean; file?: { name: string; data: Uint8Array } }

/**
 * The phones of all people on one channel. Each act resolves when the platform has taken it, and returns the number of actions that it cost
 * the person.
 */
export interface Phones {
  /** The variables that lead the program to this platform. */
  readonly env: { [variable: string]: string }
  /** Everything that appeared on screens since the beginning, in order. */
  readonly seen: readonly Seen[]
  /** `address` is the address of the program, which was started or restarted. */
  connect(address: string): Promise<void>
  says(account: string, text: string): Promise<void>
  saysInGroup(account: string, group: string, text: string): Promise<void>
  /** Taps the button or picks the option with this label on the newest card. Undefined if there is none; then the person types. */
  taps(account: string, label: string): Promise<number | undefined>
  /** Unticks these items on the newest checklist and submits it. */
  unticks(account: string, items: readonly number[]): Promise<number>
  /** Changes these fields (numbers of items) of the newest form and submits it. */
  submits(account: string, values: { [item: number]: number }): Promise<number>
  /** From now on all calls fail as after a configuration error, or work again. */
  refuse(on: boolean): void
  /** What the real platform would have refused, cut or dropped. */
  readonly violations: readonly string[]
  close(): Promise<void>
}

/** `mark` is one character for transcripts. */
export type Driver = {
  name: string
  mark: string
  can: Can
  open(accounts: readonly string[], groups: readonly string[]): Promise<Phones>
}
