/** An application that shows what reached it, and answers in ways that a host can spoil. It imports nothing, so that Next can build it. */

interface Peer {
  readonly address?: string | null
  readonly header?: (name: string) => string | null
}

let waiting: PromiseWithResolvers<void> | null = null
let cancelled = 0

export async function probe(request: Request, peer: Peer): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  switch (pathname.split('/').filter(Boolean).at(-1)) {
    case 'cookies':
      return new Response('ok', { headers: [1, 2, 3].map((n) => ['set-cookie', `c${n}=${n}; Path=/`]) })
    case 'stream':
      return new Response(twoParts(), { headers: { 'content-type': 'text/csv' } })
    case 'release':
      waiting?.resolve()
      return new Response(null, { status: 204 })
    case 'cancelled':
      return Response.json(cancelled)
    case 'refused':
      return Response.json({ code: 'no' }, { status: 418, headers: { 'content-type': 'application/problem+json' } })
    default:
      return Response.json({
        method: request.method,
        path: pathname + search,
        address: peer.address ?? null,
        forwardedFor: peer.header?.('x-forwarded-for') ?? null,
        contentType: peer.header?.('content-type') ?? null,
        body: await request.text(),
      })
  }
}

/** The second part comes once somebody asks for `release`. */
function twoParts(): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  const released = Promise.withResolvers<void>()
  waiting = released
  let parts = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      parts += 1
      if (parts === 1) return controller.enqueue(text.encode('first\n'))
      await released.promise
      controller.enqueue(text.encode('second\n'))
      controller.close()
    },
    cancel() {
      cancelled += 1
      released.resolve()
    },
  })
}
