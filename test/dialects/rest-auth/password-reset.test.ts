import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { DETAILS, WORDS } from './support/words.ts'
import { GENERATIONS, type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const RESET = 'POST password/reset/'

const SENT = [200, DETAILS.resetSent]

async function recipients(world: RestAuthWorld): Promise<readonly string[]> {
  return (await world.mails()).map(({ to }) => to)
}

describe.each(GENERATIONS)('§4 password/reset in generation %s', (generation) => {
  it('rule 9, row 200: one mail for a known address in any case, none and still 200 for an unknown one', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    for (const email of ['ann@example.org', 'ANN@Example.ORG']) {
      world.mailer.clear()
      expect(told(await world.call(RESET, { json: { email } }))).toEqual(SENT)
      expect(await recipients(world)).toEqual(['ann@example.org'])
    }
    world.mailer.clear()
    expect(told(await world.call(RESET, { json: { email: 'nobody@example.org' } }))).toEqual(SENT)
    expect(await recipients(world)).toEqual([])
  })

  it.each([
    ['missing', undefined, WORDS.REQUIRED],
    ['blank', ' ', WORDS.BLANK],
    ['null', null, WORDS.NULL],
    ['malformed', 'ann at example', WORDS.EMAIL],
    ['a list', ['ann@example.org'], WORDS.EMAIL],
    ['an object', { $ne: '' }, WORDS.EMAIL],
    ['over every limit', `${'a'.repeat(400)}@example.org`, WORDS.EMAIL],
  ])('row 400: %s', async (_, email, sentence) => {
    const world = newWorld({ generation })
    const { status, body } = await world.call(RESET, { json: { email } })
    expect([status, Reflect.get(Object(body), 'email')?.[0]]).toEqual([400, sentence])
  })

  it('row 400, 255 signs: 0.9 tells it in an object of its own, 7 takes it', async () => {
    const world = newWorld({ generation })
    const email = `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(9)}.org`
    expect(email).toHaveLength(257)
    const nested = { email: { email: ['Ensure this value has at most 254 characters (it has 257).'] } }
    const told257 = told(await world.call(RESET, { json: { email } }))
    expect(told257).toEqual(generation === '7' ? SENT : [400, nested])
    expect(await recipients(world)).toEqual([])
  })

  it('row mails to: nobody who is not active', async () => {
    const world = newWorld({ generation })
    const { id } = await world.addUser('ann')
    await world.auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await world.call(RESET, { json: { email: 'ann@example.org' } }))).toEqual(SENT)
    expect(await recipients(world)).toEqual([])
  })

  it('row mails to: whoever has no usable password gets one in 7 alone', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann', { password: null })
    await world.call(RESET, { json: { email: 'ann@example.org' } })
    expect(await recipients(world)).toEqual(generation === '7' ? ['ann@example.org'] : [])
  })

  // The newer original mails to what was typed, so that a look-alike of the address gets the link (CVE-2019-19844).
  it('row mails to: the stored address, in whatever case it was asked for', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann', { email: 'Ann.Smith@example.org' })
    await world.call(RESET, { json: { email: 'ann.smith@EXAMPLE.org' } })
    expect(await recipients(world)).toEqual(['Ann.Smith@example.org'])
  })

  it('row caller: a session needs its CSRF token, and keeps its session', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const json = { email: 'ann@example.org' }
    expect((await browser.call(RESET, { json, csrf: false })).status).toBe(403)
    const answer = await browser.call(RESET, { json })
    expect([told(answer), answer.cookies]).toEqual([SENT, []])
  })

  it('§1.4 a bad token is refused here, too, unless the site counts it as none', async () => {
    const [token, json] = ['f'.repeat(40), { email: 'ann@example.org' }]
    expect(told(await newWorld({ generation }).call(RESET, { token, json }))).toEqual([403, DETAILS.invalidToken])
    const lenient = newWorld({ generation, ignoreStaleCredentials: true })
    expect(told(await lenient.call(RESET, { token, json }))).toEqual(SENT)
  })

  it('PASSWORD_RESET_SERIALIZER reads another body', async () => {
    const validate = (value: unknown) => ({ value: { email: Object(value).to } })
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } }
    const world = newWorld({ generation, schemas: { passwordReset: schema } })
    await world.addUser('ann')
    expect(told(await world.call(RESET, { json: { to: 'ann@example.org' } }))).toEqual(SENT)
    expect(await recipients(world)).toEqual(['ann@example.org'])
    for (const to of [undefined, null, 7, ['x'], '\0', 'x'.repeat(5000)]) {
      expect((await world.call(RESET, { json: { to } })).status).toBeLessThan(500)
    }
  })
})
