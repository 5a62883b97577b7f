import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { sitePath } from './site-path.ts'
import { root } from './titles-in.ts'

/** Links that are right in the repository, led to where things lie on the site. */
export interface SiteLinks {
  follow(md: MarkdownRenderer): void
  /** Puts the programs that pages link to beside them, as text. */
  copyFiles(outDir: string): void
}

export function siteLinks(): SiteLinks {
  const files = new Set<string>()

  function led(href: string, page: string): string {
    if (/^(?:[a-z]+:|#|\/)/.test(href)) return href
    const [target = '', anchor] = href.split('#')
    const path = relative(root, join(dirname(page), target))
    // What is not there stays as it is, and is told by the site's own check.
    if (!existsSync(join(root, path))) return href
    const place = statSync(join(root, path)).isDirectory() ? `${path}/README.md` : path
    if (place.endsWith('.md')) return `/${sitePath(place)}${anchor === undefined ? '' : `#${anchor}`}`
    files.add(path)
    return `/${path}.txt`
  }

  return {
    follow(md) {
      md.core.ruler.push('site-links', ({ tokens, env }) => {
        const links = tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open')
        for (const link of links) {
          const href = led(link.attrGet('href') ?? '', String(env.realPath ?? env.path))
          link.attrSet('href', href)
          // Beside the pages, not one of them.
          if (href.endsWith('.txt')) link.attrSet('target', '_self')
        }
      })
    },
    copyFiles(outDir) {
      for (const path of files) {
        mkdirSync(join(outDir, dirname(path)), { recursive: true })
        copyFileSync(join(root, path), join(outDir, `${path}.txt`))
      }
    },
  }
}
