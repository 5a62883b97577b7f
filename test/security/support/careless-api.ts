import { portressApi } from '../../../src/dialects/portress-api/index.ts'
import type { WireBody } from '../../../src/http/body.ts'
import type { Dialect } from '../../../src/http/dialect.ts'
import type { Exchange } from '../../../src/http/exchange.ts'

/** The API with something done to every body before a row reads it, for controls. */
export function withBodies(change: (body: WireBody, exchange: Exchange) => WireBody): Dialect {
  const api = portressApi()
  return {
    ...api,
    routes: (config) =>
      api.routes(config).map((row) => ({
        ...row,
        run: (exchange) => row.run({ ...exchange, body: async () => change(await exchange.body(), exchange) }),
      })),
  }
}

/** Makes a text out of whatever was sent, and cleans it up: what a forgiving server does. */
export function forgivingApi(): Dialect {
  return withBodies((body) => Object.fromEntries(Object.entries(body).map(([name, value]) => [name, forgive(value)])))
}

function forgive(value: unknown): string {
  const [first] = [value].flat()
  const inner: unknown = typeof first === 'object' && first !== null ? Object.values(first)[0] : first
  return String(inner ?? 'x')
    .toWellFormed()
    .replaceAll('\0', '')
}
