import type { Exchange } from '../../http/exchange.ts'
import type { Route } from '../../http/route.ts'
import type { DemoOptions } from './options.ts'

/** The page with its files. All of it is loaded when the first one is asked for: most programs never show it. */
export function routes(options: DemoOptions): readonly Route[] {
  const page = async (exchange: Exchange): Promise<Response> => {
    const { writeDemo } = await import('./write.ts')
    return writeDemo(exchange, options)
  }
  const asset = async (exchange: Exchange): Promise<Response> => {
    const { writeAsset } = await import('./write.ts')
    return writeAsset(exchange)
  }
  const client = async (exchange: Exchange): Promise<Response> => {
    const { writeClientFile } = await import('./write.ts')
    return writeClientFile(exchange)
  }
  return [
    { method: 'GET', path: '', guard: 'public', run: page },
    { method: 'GET', path: '/', guard: 'public', run: page },
    { method: 'GET', path: '/demo/:file', guard: 'public', run: asset },
    { method: 'GET', path: '/demo/client/:file', guard: 'public', run: client },
  ]
}
