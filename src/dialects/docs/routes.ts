import type { Exchange } from '../../http/exchange.ts'
import type { Route } from '../../http/route.ts'
import type { DocsOptions } from './options.ts'

/** The page with its two files. All of it is loaded when the first one is asked for. */
export function routes(document: DocsOptions['document'], path: string): readonly Route[] {
  let described: ReturnType<typeof document> | undefined
  const page = async (exchange: Exchange): Promise<Response> => {
    const { writeDocs } = await import('./write.ts')
    // It is the same for everybody, and takes longer than the page.
    described ??= document(exchange.engine.config, { path })
    return writeDocs(await described, exchange)
  }
  const asset = async (exchange: Exchange): Promise<Response> => {
    const { writeAsset } = await import('./write.ts')
    return writeAsset(exchange)
  }
  return [
    { method: 'GET', path: '', guard: 'public', run: page },
    { method: 'GET', path: '/', guard: 'public', run: page },
    { method: 'GET', path: '/assets/:file', guard: 'public', run: asset },
  ]
}
