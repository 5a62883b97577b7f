export { docs } from './docs.ts'
export type { DocsOptions } from './options.ts'
