/** A server of one's own with accounts in it: Portress answers below its mounts, the program answers the rest. */
import { createServer } from 'node:http'
import { AuthError, createAuth } from 'portress'
import { operations } from 'portress/dialects/operations'
import { outbox } from 'portress/dialects/outbox'
import { pages } from 'portress/dialects/pages'
import { portressApi } from 'portress/dialects/portress-api'
import { type FetchHandler, toNodeListener } from 'portress/hosts/node'
import { sqlite } from 'portress/stores/sqlite'

const port = Number(process.env['PORT'] ?? 3000)

const auth = createAuth({
  store: sqlite(process.env['DATABASE'] ?? 'app.db'),
  secrets: [process.env['PORTRESS_SECRET']],
  site: { name: 'Acme', origin: `http://127.0.0.1:${port}` },
  environment: 'development',
  mounts: { '/api': portressApi(), '/': [pages(), operations()], '/outbox': outbox() },
})

const answer: FetchHandler = async (request, peer) => {
  const { pathname } = new URL(request.url)
  return pathname === '/hello' ? hello(request) : auth.fetch(request, peer)
}

async function hello(request: Request): Promise<Response> {
  try {
    const active = await auth.authenticate(request)
    if (active === null) return new Response('Please log in.\n', { status: 401 })
    return new Response(`Hello ${active.user.username}.\n`)
  } catch (error) {
    if (error instanceof AuthError && error.code === 'token_invalid') return new Response(null, { status: 401 })
    throw error
  }
}

await auth.migrate()
auth.start()
const server = createServer(toNodeListener(answer)).listen(port, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${port}`)
})

process.once('SIGTERM', () => server.close(() => void auth.close()))
