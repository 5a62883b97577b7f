// fastify.ts
import fastify from 'fastify'
import { requireUser, toFastifyPlugin } from 'portress/hosts/fastify'
import { auth, port } from './auth.ts'

const app = fastify()
const members = requireUser(auth)

app.get('/hello', { onRequest: members }, async (request) => `Hello ${members.userOf(request).username}.\n`)
app.register(toFastifyPlugin(auth.fetch))
app.addHook('onClose', () => auth.close())

await app.listen({ host: '127.0.0.1', port })

process.once('SIGTERM', () => void app.close())
