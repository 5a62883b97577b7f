import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type ParsedRequest, replayBody } from './replay-body.ts'

/** A request whose body a parser has read, and what goes on in its place. */
function replayed(type: string, body: unknown): { readonly type: string | undefined; readonly text: string } {
  const request = Object.assign(new IncomingMessage(new Socket()), { body }) as ParsedRequest
  request.headers['content-type'] = type
  Object.defineProperty(request, 'readableDidRead', { value: true })
  replayBody(request)
  return { type: request.headers['content-type'], text: String(request.rawBody) }
}

const FORM = 'application/x-www-form-urlencoded'

describe('replayBody', () => {
  it('writes JSON and forms again', () => {
    expect(replayed('application/json', { a: [1, null] })).toEqual({ type: 'application/json', text: '{"a":[1,null]}' })
    expect(replayed(FORM, { a: 'b c', d: { e: ['f', 'g'] } }).text).toBe('a=b+c&d%5Be%5D=f&d%5Be%5D=g')
    expect(replayed('multipart/form-data; boundary=x', { a: 'b' })).toEqual({ type: FORM, text: 'a=b' })
  })

  it('makes no form of what was none', () => {
    expect(replayed('text/plain', { identifier: 'ann' })).toEqual({ type: 'text/plain', text: '{"identifier":"ann"}' })
  })

  it('does no work without an end', () => {
    expect(replayed('multipart/form-data', { file: Buffer.alloc(20_000_000), name: 'ann' }).text).toBe('file=&name=ann')
    const long = { ['x'.repeat(50_000)]: Object.fromEntries(Array.from({ length: 10_000 }, (_, key) => [key, ''])) }
    expect(replayed(FORM, long).text.length).toBeLessThan(2_000_000)
    const endless: { self?: unknown } = {}
    endless.self = endless
    expect(() => replayed(FORM, endless)).toThrow(expect.objectContaining({ status: 400, statusCode: 400 }))
  })
})
