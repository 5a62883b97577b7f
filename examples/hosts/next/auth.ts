// auth.ts
import { createAuth } from 'portress'
import { operations } from 'portress/dialects/operations'
import { outbox } from 'portress/dialects/outbox'
import { pages } from 'portress/dialects/pages'
import { portressApi } from 'portress/dialects/portress-api'
import { sqlite } from 'portress/stores/sqlite'

export const auth = createAuth({
  store: sqlite(process.env['DATABASE'] ?? 'app.db'),
  secrets: [process.env['PORTRESS_SECRET']],
  site: { name: 'Acme', origin: `http://127.0.0.1:${process.env['PORT'] ?? 3000}` },
  environment: 'development',
  mounts: { '/api': portressApi(), '/': [pages(), operations()], '/outbox': outbox() },
})
