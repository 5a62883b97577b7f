// auth.ts
import { createAuth } from 'portress'
import { operations } from 'portress/dialects/operations'
import { outbox } from 'portress/dialects/outbox'
import { pages } from 'portress/dialects/pages'
import { portressApi } from 'portress/dialects/portress-api'
import { oncePerProcess } from 'portress/hosts/next'
import { sqlite } from 'portress/stores/sqlite'

export const auth = oncePerProcess('auth', () =>
  createAuth({
    store: sqlite(process.env['DATABASE'] ?? 'app.db'),
    secrets: [process.env['PORTRESS_SECRET']],
    // As the address bar has it: `next dev` says `localhost`.
    site: { name: 'Acme', origin: `http://localhost:${process.env['PORT'] ?? 3000}` },
    environment: 'development',
    mounts: { '/api': portressApi(), '/': [pages({ hasIndexPage: false }), operations()], '/outbox': outbox() },
  }),
)
