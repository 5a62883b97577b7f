import type { Banner } from './banner.ts'

/** What a worker tells the process that has started it. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly banner: Banner }
  /** It has the connection of this number. */
  | { readonly kind: 'taken'; readonly number: number }
  /** It wants no further connections: it was told by a signal of its own to end. */
  | { readonly kind: 'leaving' }

/** What it is told: to answer on the connection that comes with it; or to finish what has arrived, and to end. */
export type WorkerOrder = { readonly kind: 'connection'; readonly number: number } | { readonly kind: 'stop' }
