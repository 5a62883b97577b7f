// node.ts
import { createServer } from 'node:http'
import { AuthError } from 'portress'
import { type FetchHandler, toNodeListener } from 'portress/hosts/node'
import { auth, port } from './auth.ts'

const answer: FetchHandler = (request, peer) => {
  const { pathname } = new URL(request.url)
  return pathname === '/hello' ? hello(request) : auth.fetch(request, peer)
}

async function hello(request: Request): Promise<Response> {
  try {
    const user = await auth.requireUser(request)
    return new Response(`Hello ${user.username}.\n`)
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    if (error.code === 'not_authenticated' || error.code === 'token_invalid') return new Response(null, { status: 401 })
    if (error.code === 'cross_site_request') return new Response(null, { status: 403 })
    throw error
  }
}

const server = createServer(toNodeListener(answer)).listen(port, '127.0.0.1')

process.once('SIGTERM', () => server.close(() => void auth.close()))
