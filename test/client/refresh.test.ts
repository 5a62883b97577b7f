/** Access tokens that run out, over real connections: one refresh for all, and one end. */
import { describe, expect, it } from 'vitest'
import { memoryTokens, type PortressClient } from '../../src/client/index.ts'
import { PASSWORD } from '../support/api-world.ts'
import { brought, browserFetch, type ClientSite, clientSites, codeOf } from './client-site.ts'

const newSite = clientSites()

const REFRESH = 'POST /api/token/refresh'

const refreshesAt = ({ requests }: ClientSite): number => requests.filter((request) => request === REFRESH).length

/** All at once, as a page does that has just been opened again. */
const openPage = (client: PortressClient) =>
  Promise.all([
    client.currentUser(),
    client.listSessions(),
    client.listAttempts(),
    client.listIdentities(),
    client.exportUser(),
    client.updateProfile({ firstName: 'Ann' }),
  ])

describe('an access token that has run out', () => {
  it('is renewed once for all calls that find out, and each is made once more', async () => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    site.clock.advance({ minutes: 16 })
    site.requests.length = 0
    const results = await openPage(client)
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true, true, true])
    expect(refreshesAt(site)).toBe(1)
    expect(site.requests).toHaveLength(13)
    await openPage(client)
    expect(refreshesAt(site)).toBe(1)
  })

  it('is renewed again when that one has run out as well', async () => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    for (let time = 1; time <= 3; time += 1) {
      site.clock.advance({ minutes: 16 })
      brought(await client.currentUser())
      expect(refreshesAt(site)).toBe(time)
    }
  })

  it('is not sent again by a call that comes back late: it takes the new one', async () => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    site.clock.advance({ minutes: 16 })
    let release = (): void => {}
    const held = new Promise<null>((resolve) => {
      release = () => resolve(null)
    })
    let isFirst = true
    site.intercept(({ url }) => {
      if (!isFirst || !url.endsWith('/attempts')) return null
      isFirst = false
      return held
    })
    const late = client.listAttempts()
    brought(await client.currentUser())
    release()
    brought(await late)
    expect(refreshesAt(site)).toBe(1)
  })

  it('is renewed once by clients that share a storage', async () => {
    const site = await newSite()
    await site.addUser('ann')
    const tokens = memoryTokens()
    const tabs = [site.client({ carrier: 'jwt', tokens }), site.client({ carrier: 'jwt', tokens })] as const
    brought(await tabs[0].login({ identifier: 'ann', password: PASSWORD }))
    const [stale] = [await tokens.read()]
    site.clock.advance({ minutes: 16 })
    brought(await tabs[0].currentUser())
    // The other tab has read the old one just before.
    let reads = 0
    const behind = {
      read: () => {
        reads += 1
        return reads === 1 ? stale : tokens.read()
      },
      write: tokens.write,
    }
    brought(await site.client({ carrier: 'jwt', tokens: behind }).currentUser())
    brought(await tabs[1].currentUser())
    expect(refreshesAt(site)).toBe(1)
  })

  it('stays where the refresh gets no answer, and the next call tries again', async () => {
    const site = await newSite()
    let signedOut = 0
    const client = await site.loggedIn('ann', { carrier: 'jwt', onSignedOut: () => (signedOut += 1) })
    site.clock.advance({ minutes: 16 })
    site.intercept(({ url }) =>
      url.endsWith('/refresh') ? new Response('<h1>Bad gateway</h1>', { status: 502 }) : null,
    )
    expect((await openPage(client)).map(codeOf)).toEqual(Array.from({ length: 6 }, () => 'unexpected_answer'))
    expect(signedOut).toBe(0)
    site.intercept(null)
    brought(await client.currentUser())
  })
})

describe('a session that is over', () => {
  const over = async (carrier: 'cookie' | 'token' | 'jwt') => {
    const site = await newSite()
    const told: string[] = []
    const tokens = memoryTokens()
    const client = await site.loggedIn('ann', {
      carrier,
      ...(carrier === 'cookie' ? {} : { tokens }),
      fetch: browserFetch(site.origin),
      onSignedOut: () => told.push('signed out'),
    })
    await site.endSessions('ann')
    site.requests.length = 0
    return { site, client, told, tokens }
  }

  it.each(['cookie', 'token', 'jwt'] as const)(
    'is told once with the carrier %s, however many calls',
    async (carrier) => {
      const { site, client, told, tokens } = await over(carrier)
      expect((await openPage(client)).map(codeOf)).toEqual(Array.from({ length: 6 }, () => 'token_invalid'))
      expect(told).toEqual(['signed out'])
      expect(refreshesAt(site)).toBe(carrier === 'jwt' ? 1 : 0)
      expect(await tokens.read()).toBeNull()

      expect((await openPage(client)).every(({ ok }) => !ok)).toBe(true)
      expect(told).toHaveLength(1)
      expect(refreshesAt(site)).toBe(carrier === 'jwt' ? 1 : 0)
    },
  )

  it('is told again once another one is over', async () => {
    const { site, client, told } = await over('jwt')
    await openPage(client)
    brought(await client.login({ identifier: 'ann', password: PASSWORD }))
    expect((await openPage(client)).every(({ ok }) => ok)).toBe(true)
    await site.endSessions('ann')
    await openPage(client)
    expect(told).toHaveLength(2)
  })

  it('is not told to whoever ended it', async () => {
    const site = await newSite()
    const told: string[] = []
    const client = await site.loggedIn('ann', { carrier: 'jwt', onSignedOut: () => told.push('signed out') })
    brought(await client.logout())
    expect(codeOf(await client.currentUser())).toBe('not_authenticated')
    expect(told).toEqual([])
  })
})

describe('in the middle of a refresh', () => {
  /** A client whose refresh has arrived at the server and is not answered yet. */
  const refreshing = async () => {
    const site = await newSite()
    await site.addUser('bob')
    const tokens = memoryTokens()
    const told: string[] = []
    const client = await site.loggedIn('ann', { carrier: 'jwt', tokens, onSignedOut: () => told.push('signed out') })
    site.clock.advance({ minutes: 16 })
    const { release, arrived } = holdRefresh(site)
    const waiting = client.currentUser()
    await arrived
    return { site, client, tokens, told, waiting, release }
  }

  it('a log-in is not undone', async () => {
    const { client, tokens, told, waiting, release } = await refreshing()
    brought(await client.login({ identifier: 'bob', password: PASSWORD }))
    const kept = await tokens.read()
    release()
    await waiting
    expect(await tokens.read()).toEqual(kept)
    expect(brought(await client.currentUser()).user.username).toBe('bob')
    expect(told).toEqual([])
  })

  it('a log-out waits for it, and leaves nothing behind', async () => {
    const { site, client, tokens, told, waiting, release } = await refreshing()
    const leaving = client.logout()
    release()
    brought(await leaving)
    await waiting
    expect(await tokens.read()).toBeNull()
    expect(refreshesAt(site)).toBe(1)
    expect(told).toEqual([])
  })
})

/** Lets the next refresh wait at the server until it is released. */
function holdRefresh(site: ClientSite): { readonly arrived: Promise<void>; readonly release: () => void } {
  let release = (): void => {}
  const held = new Promise<null>((resolve) => {
    release = () => resolve(null)
  })
  const arrived = new Promise<void>((resolve) => {
    site.intercept(({ url }) => {
      if (!url.endsWith('/refresh')) return null
      site.intercept(null)
      resolve()
      return held
    })
  })
  return { arrived, release }
}

describe('a call that is aborted', () => {
  it('rejects with the reason, and the others that wait for the same refresh go on', async () => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    site.clock.advance({ minutes: 16 })
    const { arrived, release } = holdRefresh(site)
    const staying = client.listSessions()
    const leaving = new AbortController()
    const left = client.currentUser({ signal: leaving.signal })
    await arrived
    leaving.abort(new Error('left the page'))
    await expect(left).rejects.toThrow('left the page')
    release()
    brought(await staying)
    expect(refreshesAt(site)).toBe(1)
  })

  it('rejects at once where it was aborted before', async () => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    site.requests.length = 0
    await expect(client.currentUser({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
    expect(site.requests).toEqual([])
  })
})
