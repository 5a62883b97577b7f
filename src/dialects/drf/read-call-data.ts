import { type RequestData, readRequestData } from './request-data.ts'
import type { DrfCall } from './view.ts'

/** The body of a call, read as the generation of its view reads one. @throws what `readRequestData` throws */
export function readCallData({
  exchange,
  words,
  view: { generation },
}: Pick<DrfCall, 'exchange' | 'words' | 'view'>): Promise<RequestData> {
  return readRequestData(exchange, { words, readsUnboundedMultipart: generation.readsUnboundedMultipart ?? false })
}
