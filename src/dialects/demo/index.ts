export type { PageLink } from '../../http/page-link.ts'
export { demo } from './demo.ts'
export type { DemoOptions } from './options.ts'
