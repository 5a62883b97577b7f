import { describe, expect, it } from 'vitest'
import { type OAuth1Request, signOAuth1 } from '../../src/providers/oauth1-signer.ts'

async function signatureOf(request: OAuth1Request): Promise<string> {
  const header = await signOAuth1(request)
  return decodeURIComponent(/oauth_signature="([^"]*)"/.exec(header)?.[1] ?? '')
}

const PRINTER = { key: 'dpf43f3p2l4k3l03', secret: 'kd94hf93k423kf44' }

/** The example of X's "Creating a signature"; the version parameter is in it, although it may be left out. */
const TWEET: Omit<OAuth1Request, 'url'> = {
  method: 'POST',
  form: [['status', 'Hello Ladies + Gentlemen, a signed OAuth request!']],
  consumer: { key: 'xvz1evFS4wEEPTGEFPHBog', secret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw' },
  token: {
    key: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
    secret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
  },
  extra: { oauth_version: '1.0' },
  nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
  timestampSeconds: 1318622958,
}

describe('signOAuth1', () => {
  it('signs what RFC 5849 §3.4.1.1 signs, as erratum 2550 corrects it', async () => {
    const signature = await signatureOf({
      method: 'POST',
      url: new URL('http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b'),
      form: [
        ['c2', ''],
        ['a3', '2 q'],
      ],
      consumer: { key: '9djdj82h48djs9d2', secret: 'j49sk3j29djd' },
      token: { key: 'kkk9d7dh3k39sjv7', secret: 'dh893hdasih9' },
      nonce: '7d8f3e4a',
      timestampSeconds: 137131201,
    })
    expect(signature).toBe('r6/TJjbCOr97/+UU0NsvSne7s5g=')
  })

  it('signs the request for temporary credentials of RFC 5849 §1.2', async () => {
    const signature = await signatureOf({
      method: 'POST',
      url: new URL('https://photos.example.net/initiate'),
      consumer: PRINTER,
      extra: { oauth_callback: 'http://printer.example.com/ready' },
      nonce: 'wIjqoS',
      timestampSeconds: 137131200,
    })
    expect(signature).toBe('74KNZJeDHnMBp0EMJ9ZHt/XKycU=')
  })

  it('signs the request for a photo of RFC 5849 §1.2', async () => {
    const signature = await signatureOf({
      method: 'GET',
      url: new URL('http://photos.example.net/photos?file=vacation.jpg&size=original'),
      consumer: PRINTER,
      token: { key: 'nnch734d00sl2jdk', secret: 'pfkkdhi9sl3r4s00' },
      nonce: 'chapoH',
      timestampSeconds: 137131202,
    })
    expect(signature).toBe('MdpQcU8iPSUjWoN/UDMsK2sui9I=')
  })

  it.each([
    ['https://api.twitter.com/1/statuses/update.json', 'tnnArxj06cWHq44gCs1OSKk/jLY='],
    ['https://api.twitter.com/1.1/statuses/update.json', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='],
    ['https://api.x.com/1.1/statuses/update.json', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='],
  ])('signs the example of X at %s', async (address, expected) => {
    expect(await signatureOf({ ...TWEET, url: new URL(`${address}?include_entities=true`) })).toBe(expected)
  })

  it('signs host, port and method in one form', async () => {
    const plain = await signatureOf({ ...TWEET, url: new URL('https://api.x.com/a?b=1') })
    expect(await signatureOf({ ...TWEET, method: 'post', url: new URL('HTTPS://API.X.COM:443/a?b=1#c') })).toBe(plain)
  })

  it('gives each parameter once, quoted, and nothing that could end the header', async () => {
    const header = await signOAuth1({ ...TWEET, url: new URL('https://api.x.com/a'), nonce: 'a"\r\nX: y\ud800' })
    expect(header).toMatch(/^OAuth (?:oauth_\w+="[\w%.~-]*"(?:, |$)){7}$/)
    expect(header).toContain('oauth_nonce="a%22%0D%0AX%3A%20y%EF%BF%BD"')
    expect(header).not.toContain('status')
  })
})
