/** `embed-node.ts` with a profile: clients of dj-rest-auth read and change `company_name` together with the user. */
import { createServer } from 'node:http'
import { join } from 'node:path'
import { AuthError, createAuth, field } from 'portress'
import { operations } from 'portress/dialects/operations'
import { outbox } from 'portress/dialects/outbox'
import { pages } from 'portress/dialects/pages'
import { portressApi } from 'portress/dialects/portress-api'
import { restAuth } from 'portress/dialects/rest-auth'
import { type FetchHandler, toNodeListener } from 'portress/hosts/node'
import { sqlite } from 'portress/stores/sqlite'

const port = Number(process.env['PORT'] ?? 3000)

const auth = createAuth({
  store: sqlite(process.env['DATABASE'] ?? 'app.db'),
  secrets: [process.env['PORTRESS_SECRET']],
  site: { name: 'Acme', origin: `http://127.0.0.1:${port}` },
  environment: 'development',
  user: { profiles: { company: { companyName: field.text({ maxLength: 100 }) } } },
  migrationsFolder: join(import.meta.dirname, 'rest-auth-profile'),
  mounts: {
    '/api': portressApi(),
    '/dj-rest-auth': restAuth({ authentication: ['token'], oldPasswordFieldEnabled: true }),
    '/': [pages(), operations()],
    '/outbox': outbox(),
  },
})

const answer: FetchHandler = async (request, peer) => {
  const { pathname } = new URL(request.url)
  return pathname === '/hello' ? hello(request) : auth.fetch(request, peer)
}

async function hello(request: Request): Promise<Response> {
  try {
    const active = await auth.authenticate(request)
    if (active === null) return new Response('Please log in.\n', { status: 401 })
    const { companyName } = active.user.profiles['company'] ?? {}
    return new Response(`Hello ${active.user.username} of ${companyName ?? 'no company'}.\n`)
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
