/** The pages around the dashboard: the login, and the page that says whom to ask. Plain HTML without scripts. */

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escaped(title)}</title>
    <link rel="icon" href="/login/icon.svg" />
    <link rel="stylesheet" href="/login/style.css" />
  </head>
  <body class="door">
    <main>
      <h1>${escaped(title)}</h1>
      ${body}
    </main>
  </body>
</html>
`

export type Way = { name: string; title: string }

/** The login page, one link for each platform. `notice` says why this page is shown again. */
export const loginPage = (offered: readonly Way[], notice?: string): string =>
  page(
    '党建看板',
    [
      ...(notice === undefined ? [] : [`<p role="alert">${escaped(notice)}</p>`]),
      offered.length > 0
        ? '<p>请选一种方式登录，看到的内容以名册中的职务为准。</p>'
        : '<p>看板用企业微信自建应用或钉钉应用登录，这里两样都没有配置，请联系管理员。</p>',
      `<ul>${offered.map(({ name, title }) => `<li><a href="/login/${name}">${escaped(title)}登录</a></li>`).join('')}</ul>`,
    ].join('\n'),
  )

/** What a person who may not see the dashboard can do: begin anew, end the session first, or nothing on this page. */
const ways = {
  login: '<p><a href="/login">换一个账号登录</a></p>',
  logout: '<form method="post" action="/logout"><button type="submit">换一个账号登录</button></form>',
  nowhere: '',
} as const

/** The page of a 403. */
export const refusedPage = (refusal: string, way: keyof typeof ways): string =>
  page('无权查看', `<p>${escaped(refusal)}</p>\n${ways[way]}`)

/** The page of a failed login: what went wrong, and the way to begin anew. */
export const brokenPage = (line: string): string =>
  page('没有登录成功', `<p>${escaped(line)}</p><p><a href="/login">重新登录</a></p>`)

/** In the simulator, before a phone was opened. */
export const choosePage = page('党建看板', '<p>请先在模拟器里打开一个人的手机，看板就是他看到的样子。</p>')
