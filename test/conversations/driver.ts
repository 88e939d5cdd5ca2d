/** What a story needs of a channel: people's phones on an emulated platform, in words that know no platform. */

/** What a channel can do for people; where it cannot, a story goes another way or is left out. */
export type Can = {
  /** Buttons and checklists; else everything is typed. */
  cards: boolean
  /** All scores at once in fields. */
  forms: boolean
  files: boolean
  /** Says something without having been asked. */
  push: boolean
  /** Hears what is said in groups. */
  groups: boolean
}

/** Something new on a screen. `to`: an account, or `#` and the key of a group. `changed`: it took the place of a card. */
export type Seen = { to: string; lines: string[]; changed: boolean; file?: { name: string; data: Uint8Array } }

/** The phones of all people on one channel. Acts resolve when the platform has taken them; they give the actions they cost a person. */
export interface Phones {
  /** The variables by which the program finds this platform. */
  readonly env: { [variable: string]: string }
  /** Everything that appeared on screens since the beginning, in order. */
  readonly seen: readonly Seen[]
  /** `address`: of the program that was (re)started. */
  connect(address: string): Promise<void>
  says(account: string, text: string): Promise<void>
  saysInGroup(account: string, group: string, text: string): Promise<void>
  /** Taps the button, or picks the option, of this label on the newest card; undefined: there is none, so it is typed. */
  taps(account: string, label: string): Promise<number | undefined>
  /** Takes the ticks of these items off the newest checklist and submits it. */
  unticks(account: string, items: readonly number[]): Promise<number>
  /** Changes these fields of the newest form (numbers of items) and submits it. */
  submits(account: string, values: { [item: number]: number }): Promise<number>
  /** All calls fail from now on as after a configuration error, or work again. */
  refuse(on: boolean): void
  /** What the real platform would have refused, cut or dropped. */
  readonly violations: readonly string[]
  close(): Promise<void>
}

/** `mark`: one character for transcripts. */
export type Driver = {
  name: string
  mark: string
  can: Can
  open(accounts: readonly string[], groups: readonly string[]): Promise<Phones>
}
