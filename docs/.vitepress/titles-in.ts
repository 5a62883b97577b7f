import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sitePath } from './site-path.ts'

export const root: string = resolve(import.meta.dirname, '../..')

/** The pages of a folder by their own titles, in the order of their files but for those that come first. */
export function titlesIn(folder: string, first: readonly string[] = []): { text: string; link: string }[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md')
  const rank = (name: string): number => [...first.map((stem) => `${stem}.md`), name].indexOf(name)
  return names
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((name) => {
      const [, title = name] = /^# (.+)$/m.exec(readFileSync(join(root, folder, name), 'utf8')) ?? []
      return { text: title, link: `/${sitePath(`${folder}/${name}`).replace(/\.md$/, '')}` }
    })
}
