export { djmongoauth } from './djmongoauth.ts'
export type { DjmongoauthOptions } from './options.ts'
export { refuseUnauthenticated } from './refuse-unauthenticated.ts'
