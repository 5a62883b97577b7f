import { hash } from 'node:crypto'

/**
 * Everything that is asked of Redis: scripts, because each of them is one atomic step on any server, pool or cluster.
 *
 * `entries` has all entries by key, as `entry-text.ts` writes them. Three sorted sets follow each of its changes: `names`, where
 * all have the same score and are therefore in the order of their bytes; `expiry`, by the moment of their end; and `locked`, only those
 * with a lock, by the moment of its end with the sign turned, so that the longest lock is first and those of one moment are
 * in the order of their bytes.
 */
const SHARED = `
local entries, names, expiry, locked = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local function forget(key)
  redis.call('ZREM', names, key)
  redis.call('ZREM', expiry, key)
  redis.call('ZREM', locked, key)
  return redis.call('HDEL', entries, key)
end

local function keep(key, text)
  local expiresAt, lockedUntil = string.match(text, '^(-?%d+):(-?%d*):')
  redis.call('HSET', entries, key, text)
  redis.call('ZADD', names, 0, key)
  redis.call('ZADD', expiry, expiresAt, key)
  if lockedUntil == '' then
    redis.call('ZREM', locked, key)
  else
    redis.call('ZADD', locked, -tonumber(lockedUntil), key)
  end
end
`

/** Gives the entries of the keys, an empty text for one that is not there. */
const READ = `
local found = redis.call('HMGET', entries, unpack(ARGV))
for at = 1, #ARGV do found[at] = found[at] or '' end
return found
`

/**
 * Arguments: how many keys, the caller's ticket or nothing; then for each key its name, what the caller has read, and what is
 * to be kept: nothing deletes, '=' leaves it. Further keys of Redis, one for each: whose turn it is there.
 *
 * Answers 'done'; 'wait', where it is the turn of somebody else; or 'changed' with what is there now.
 */
const COMPARE_AND_SET = `
local count, ticket = tonumber(ARGV[1]), ARGV[2]
for at = 1, count do
  local holder = redis.call('GET', KEYS[4 + at])
  if holder and holder ~= ticket then return { 'wait' } end
end
local wanted = {}
for at = 1, count do wanted[at] = ARGV[3 * at] end
local found = redis.call('HMGET', entries, unpack(wanted))
local answer = { 'changed' }
local isSame = true
for at = 1, count do
  answer[at + 1] = found[at] or ''
  if answer[at + 1] ~= ARGV[3 * at + 1] then isSame = false end
end
if not isSame then
  if ticket ~= '' then
    for at = 1, count do redis.call('SET', KEYS[4 + at], ticket, 'PX', 1000) end
  end
  return answer
end
for at = 1, count do
  local after = ARGV[3 * at + 2]
  if after == '' then forget(wanted[at]) elseif after ~= '=' then keep(wanted[at], after) end
  if ticket ~= '' then redis.call('DEL', KEYS[4 + at]) end
end
return { 'done' }
`

const DELETE = `
for at = 1, #ARGV do forget(ARGV[at]) end
`

/** Arguments: the first key of the range, the first one behind it, how many at most. Tells how many went. */
const DELETE_RANGE = `
local found = redis.call('ZRANGEBYLEX', names, '[' .. ARGV[1], '(' .. ARGV[2], 'LIMIT', 0, ARGV[3])
for at = 1, #found do forget(found[at]) end
return #found
`

/**
 * Arguments: now, how many at most; and where the page before has ended, the end of its last lock and its key.
 *
 * The last key need not be there any more, so its place is searched for. Lua would compare texts by the server's locale.
 */
const LIST_LOCKED = `
local function isBehind(one, other)
  for at = 1, math.min(#one, #other) do
    local difference = string.byte(one, at) - string.byte(other, at)
    if difference ~= 0 then return difference > 0 end
  end
  return #one > #other
end

local now, limit = -tonumber(ARGV[1]), tonumber(ARGV[2])
local first = 0
if ARGV[3] then
  local score = -tonumber(ARGV[3])
  first = redis.call('ZCOUNT', locked, '-inf', '(' .. string.format('%.0f', score))
  local last = redis.call('ZCOUNT', locked, '-inf', score)
  while first < last do
    local middle = math.floor((first + last) / 2)
    if isBehind(redis.call('ZRANGE', locked, middle, middle)[1], ARGV[4]) then last = middle else first = middle + 1 end
  end
end
local count = math.min(limit, redis.call('ZCOUNT', locked, '-inf', '(' .. string.format('%.0f', now)) - first)
if count <= 0 then return {} end
return redis.call('ZRANGE', locked, first, first + count - 1, 'WITHSCORES')
`

/** Arguments: the moment, how many at most. Tells how many went. */
const DELETE_EXPIRED = `
local found = redis.call('ZRANGEBYSCORE', expiry, '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
for at = 1, #found do forget(found[at]) end
return #found
`

/** Arguments: the first key of the range, the first one behind it. */
const COUNT_RANGE = `
return redis.call('ZLEXCOUNT', names, '[' .. ARGV[1], '(' .. ARGV[2])
`

/**
 * Deletes the oldest entries of a prefix that are not locked. Arguments: the prefix, now, how many at most, how many to pass
 * over, how many to look at. Tells how many went and how many were looked at.
 */
const DELETE_OLDEST = `
local prefix, now, limit = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local seen = redis.call('ZRANGE', expiry, ARGV[4], ARGV[4] + ARGV[5] - 1)
local gone = 0
for at = 1, #seen do
  if gone < limit and string.sub(seen[at], 1, #prefix) == prefix then
    local score = redis.call('ZSCORE', locked, seen[at])
    if not score or -tonumber(score) <= now then
      forget(seen[at])
      gone = gone + 1
    end
  end
end
return { gone, #seen }
`

/**
 * Writes something, and tells whether the server would forget entries to make room for others: its policy, where it has a
 * limit; nothing where it has none, or does not tell. Its fifth key is of no other use.
 */
const CHECK = `
redis.call('SET', KEYS[5], '1', 'PX', 1000)
local memory = redis.pcall('INFO', 'memory')
if type(memory) ~= 'string' or string.match(memory, 'maxmemory:(%d+)') == '0' then return '' end
return string.match(memory, 'maxmemory_policy:(%S+)') or ''
`

/** A script and the name that the server knows it by. */
export interface RedisScript {
  readonly text: string
  readonly sha: string
}

export type RedisScripts = Readonly<Record<ScriptName, RedisScript>>

type ScriptName =
  | 'read'
  | 'compareAndSet'
  | 'delete'
  | 'deleteRange'
  | 'listLocked'
  | 'deleteExpired'
  | 'countRange'
  | 'deleteOldest'
  | 'check'

export const SCRIPTS: RedisScripts = {
  read: script(READ),
  compareAndSet: script(COMPARE_AND_SET),
  delete: script(DELETE),
  deleteRange: script(DELETE_RANGE),
  listLocked: script(LIST_LOCKED),
  deleteExpired: script(DELETE_EXPIRED),
  countRange: script(COUNT_RANGE),
  deleteOldest: script(DELETE_OLDEST),
  check: script(CHECK),
}

function script(body: string): RedisScript {
  const text = SHARED + body
  return { text, sha: hash('sha1', text) }
}
