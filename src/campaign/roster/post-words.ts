import type { Post } from './roster.ts'

/** Who has a plan's names of posts: the campaign. */
export type PostNames = { posts: Readonly<Record<Post, string>> }

/** What our own texts call a post, and its full name there. `党总支` is the unit that its secretary leads. */
const called: { readonly [word: string]: { post: Post; full: string } | undefined } = {
  党委书记: { post: 'committee-secretary', full: '党委书记' },
  党委副书记: { post: 'deputy-secretary', full: '党委副书记' },
  副书记: { post: 'deputy-secretary', full: '党委副书记' },
  党委委员: { post: 'committee-member', full: '党委委员' },
  委员: { post: 'committee-member', full: '党委委员' },
  组织部: { post: 'organization-department', full: '组织部' },
  党委办公室: { post: 'party-office', full: '党委办公室' },
  宣传部: { post: 'publicity-department', full: '宣传部' },
  党校: { post: 'party-school', full: '党校' },
  党总支书记: { post: 'general-branch-secretary', full: '党总支书记' },
  总支书记: { post: 'general-branch-secretary', full: '党总支书记' },
  党总支: { post: 'general-branch-secretary', full: '党总支书记' },
  党支部书记: { post: 'branch-secretary', full: '党支部书记' },
}
/** A bare 委员 is the post only behind another one: `副书记、委员`, `副书记或委员`. */
const postWord =
  /党委(?:副?书记|委员|办公室)|副书记|(?<=副书记[、或])委员|组织部|宣传部|党校|党?总支书记|党总支|党支部书记/g

function nameOf(word: string, { posts }: PostNames): string {
  const { post, full } = called[word] ?? {}
  if (post === undefined || posts[post] === full) return word
  if (word !== '党总支') return posts[post]
  const unit = posts[post].replace(/书记$/, '')
  return unit === posts[post] ? word : unit
}

/** Our own text, with this plan's names of posts. Nothing that people wrote may be in it. */
export const inPosts = (text: string, named: PostNames): string => text.replace(postWord, (word) => nameOf(word, named))

/** The tag of a text with its own values in it: the words around them name posts as this plan does, and the values stay as they are. */
export const wordedFor =
  (named: PostNames) =>
  (pieces: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
    pieces.map((piece, i) => inPosts(piece, named) + String(values[i] ?? '')).join('')
