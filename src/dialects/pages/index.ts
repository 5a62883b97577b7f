export type { PageLink, PagesOptions } from './options.ts'
export { pages } from './pages.ts'
