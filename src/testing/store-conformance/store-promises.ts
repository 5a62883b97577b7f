import { expect } from 'vitest'
import { field } from '../../model/declare-field.ts'
import type { Promises } from './promises.ts'
import { insertNamed, NOW } from './store-samples.ts'

/** What holds for the store as a whole. */
export const storePromises: Promises = {
  'has nothing pending and no problems once it is migrated': async (store, open) => {
    const fields = { nickName: field.text({ unique: true }), plan: field.enum({ choices: ['a'] }) }
    for (const one of [store, await open({ fields, profiles: { author: fields } })]) {
      const status = await one.migrations.status()
      expect(status).toMatchObject({ pending: [], problems: [] })
      expect(status.applied).toContain('0001_initial')
      expect(await one.migrations.apply()).toEqual([])
    }
  },
  'says which of the two kinds of transactions it has': async (store) => {
    expect(['full', 'single-document']).toContain(store.transactions)
  },
  'refuses work with unavailable once it is closed, and closes twice': async (store) => {
    const user = await insertNamed(store, 'ann')
    await store.close()
    const refused = { code: 'unavailable', details: { retryAfterSeconds: expect.any(Number) } }
    await expect(store.users.findById(user.id)).rejects.toMatchObject(refused)
    await expect(store.users.update(user.id, {})).rejects.toMatchObject(refused)
    await expect(store.sessions.listForUser(user.id, NOW)).rejects.toMatchObject(refused)
    await expect(store.sessions.deleteForUser(user.id)).rejects.toMatchObject(refused)
    await expect(store.throttles.delete(['key'])).rejects.toMatchObject(refused)
    await store.close()
  },
}
