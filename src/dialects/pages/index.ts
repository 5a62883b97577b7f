export type { PageLink } from '../../http/page-link.ts'
export type { PagesOptions } from './options.ts'
export { pages } from './pages.ts'
