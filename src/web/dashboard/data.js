/** What the page asks of the program; who is not logged in any more is sent to the login. */
export async function ask(address) {
  const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => {
    throw new Error('程序没有应答，请稍后刷新。')
  })
  if (answer.status === 401) {
    if (self === top) location.assign('/login')
    throw new Error('登录已经结束，请重新登录。')
  }
  const body = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(body.problem ?? '程序没有应答，请稍后刷新。')
  return body
}

/** The period of grading that is looked at, where the plan has several; empty: the one that is open. */
export const looked = { period: '' }
/** Of a list: narrowed by `query`, as a file by `kind`. */
export function listAddress(name, query = '', kind = '') {
  const asked = new URLSearchParams(query)
  if (looked.period) asked.set('period', looked.period)
  return `/app/${name}${kind}${asked.size > 0 ? `?${asked}` : ''}`
}
/** Where a list stands on this page. `where`: column and word, and the page. */
export const pageAddress = (name, where = {}) => {
  const query = new URLSearchParams(where).toString()
  return `#${encodeURIComponent(query ? `${name}?${query}` : name)}`
}
