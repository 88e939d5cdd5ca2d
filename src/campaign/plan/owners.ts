import { type Post, posts } from '../roster/roster.ts'
import type { CampaignFile } from './campaign-file.ts'

type Names = Pick<CampaignFile, 'posts' | 'ownerGroups'>

/**
 * The posts that an owner's words mean: `组织部/党校/基层党组织书记`. Each part is a group of owners or a post. Groups are tried first, because 党委委员 as
 * an owner may mean more than the post of that name. `unknown` is the first part that is neither.
 */
export function readOwners(
  words: string,
  { posts: names, ownerGroups }: Names,
): { posts: Post[] } | { unknown: string } {
  const found = new Set<Post>()
  for (const part of words.replaceAll(/\s/g, '').split(/[/／、]/)) {
    const group = ownerGroups.find(({ name }) => name === part)
    const meant = group?.posts ?? posts.filter((post) => names[post] === part)
    if (meant.length === 0) return { unknown: part }
    for (const post of meant) found.add(post)
  }
  return { posts: posts.filter((post) => found.has(post)) }
}
