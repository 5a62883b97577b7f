export type { OpenApiDocument } from './describe-api.ts'
export { openApiDocument } from './open-api-document.ts'
export { type PortressApiOptions, portressApi } from './portress-api.ts'
