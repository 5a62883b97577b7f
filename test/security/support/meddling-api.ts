import { portressApi } from '../../../src/dialects/portress-api/index.ts'
import type { Dialect } from '../../../src/http/dialect.ts'
import type { Exchange } from '../../../src/http/exchange.ts'
import type { Route } from '../../../src/http/route.ts'

/** The API with one row that does something of its own, for controls. */
export function meddlingApi(
  row: string,
  meddle: (exchange: Exchange, run: Route['run']) => Promise<Response>,
  inner: Dialect = portressApi(),
): Dialect {
  return {
    ...inner,
    routes: (config) =>
      inner.routes(config).map((route) => {
        if (`${route.method} ${route.path}` !== row) return route
        return { ...route, run: (exchange) => meddle(exchange, route.run) }
      }),
  }
}

/** An exchange whose body is another one than was sent. */
export function withBody(exchange: Exchange, body: Awaited<ReturnType<Exchange['body']>>): Exchange {
  return Object.create(exchange, { body: { value: async () => body } }) as Exchange
}
