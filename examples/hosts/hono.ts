// hono.ts
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { requireUser, toHonoHandler } from 'portress/hosts/hono'
import { auth, port } from './auth.ts'

const app = new Hono()

app.get('/hello', requireUser(auth), (c) => c.text(`Hello ${c.get('user').username}.\n`))
app.all('*', toHonoHandler(auth.fetch))

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port })

process.once('SIGTERM', () => server.close(() => void auth.close()))
