import { defineConfig } from 'vitepress'
import { githubAnchor } from './github-anchor.ts'
import { siteLinks } from './site-links.ts'
import { sitePath } from './site-path.ts'
import { titlesIn } from './titles-in.ts'

const links = siteLinks()

/** Whoever searches wants to know how to do something, and only then how it was decided. */
function weightOf(path: string): number {
  if (/\/(?:decisions|CHANGELOG)/.test(path)) return 0.3
  return path.includes('/guides/') ? 3 : 1
}

/** `npm run docs`: the pages of the repository as a site of its own, with a search that asks nobody. */
export default defineConfig({
  title: 'Portress',
  description: 'The account system for TypeScript servers.',
  lang: 'en',
  srcDir: '..',
  srcExclude: ['{src,test,scripts,dist,stage}/**', '**/.compiled/**'],
  rewrites: sitePath,
  cleanUrls: true,
  markdown: {
    anchor: { slugify: githubAnchor },
    config: (md) => links.follow(md),
  },
  buildEnd: ({ outDir }) => links.copyFiles(outDir),
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    search: { provider: 'local', options: { miniSearch: { searchOptions: { boostDocument: weightOf } } } },
    outline: [2, 3],
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Configuration', link: '/configuration' },
      { text: 'Commands', link: '/commands/' },
      { text: 'Changes', link: '/CHANGELOG' },
    ],
    sidebar: [
      {
        text: 'Begin',
        items: [
          { text: 'Documentation', link: '/' },
          { text: 'Quick start', link: '/quick-start' },
          { text: 'What is in the box', link: '/README' },
          { text: 'Examples', link: '/examples/' },
        ],
      },
      {
        text: 'Guides',
        items: titlesIn('docs/guides', ['embed-in-your-server', 'use-the-client', 'add-your-own-fields']),
      },
      {
        text: 'Reference',
        items: [
          { text: 'Configuration', link: '/configuration' },
          { text: 'Commands', link: '/commands/', collapsed: true, items: titlesIn('docs/commands') },
          { text: 'Errors', link: '/errors' },
          { text: 'Events and hooks', link: '/events' },
          { text: 'Doors of Django REST framework', collapsed: true, items: titlesIn('docs/dialects') },
          { text: 'Write your own', collapsed: true, items: titlesIn('docs/contracts') },
        ],
      },
      {
        text: 'Background',
        items: [
          { text: 'One request, start to end', link: '/request-lifecycle' },
          { text: 'Threat model', link: '/threat-model' },
          { text: 'Performance', link: '/performance' },
          { text: 'Upgrades', link: '/upgrades' },
          { text: 'Principles', link: '/principles' },
          { text: 'Decisions', link: '/decisions/', collapsed: true, items: titlesIn('docs/decisions') },
          { text: 'Report a vulnerability', link: '/SECURITY' },
        ],
      },
    ],
  },
})
