export type { RedisClient, ScriptCall } from './redis-client.ts'
export { type RedisThrottlesOptions, redisThrottles } from './redis-throttles.ts'
