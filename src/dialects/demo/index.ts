export { demo } from './demo.ts'
export type { DemoLink, DemoOptions } from './options.ts'
