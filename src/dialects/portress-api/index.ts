export { portressApi } from './portress-api.ts'
