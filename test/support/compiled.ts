import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The sources as JavaScript, for tests that start a program very often, because it starts in half the time. They are below node_modules, so
 * that the program finds its packages.
 */
export async function compiled(): Promise<{ file: (source: string) => string; remove: () => Promise<void> }> {
  const cache = join('node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'compiled-'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "version": "0.0.0" }')
  const own = ['--outDir', folder, '--incremental', 'false', '--tsBuildInfoFile', 'null']
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc')
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, [compiler, '-p', 'tsconfig.build.json', ...own], (_, output) => resolve(output))
  })
  return {
    file(source) {
      const path = join(folder, source.replace(/\.ts$/, '.js'))
      if (!existsSync(path)) throw new Error(`not compiled: ${source}\n${said}`)
      return path
    },
    remove: () => rm(folder, { recursive: true }),
  }
}
