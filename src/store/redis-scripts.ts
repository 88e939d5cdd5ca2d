import { createHash } from 'node:crypto'

/** A script, and the hash under which Redis remembers it. */
export type Script = { lua: string; sha: string }

const script = (lua: string): Script => ({ lua, sha: createHash('sha1').update(lua).digest('hex') })

/**
 * A record is one field of a hash: `<version> <expiry, 0 for never> <JSON>`. Other keys hold the order of keys, the order of expiry, and
 * the ids of the latest commits.
 */
const isLive = `
  local function version_of(stored, now)
    if not stored then return 'absent' end
    local version, expires = string.match(stored, '^(%S+) (%d+) ')
    if expires ~= '0' and tonumber(expires) <= now then return 'absent' end
    return version
  end
`

/**
 * KEYS: records, order, expiry, commits, mark, tables. ARGV: id of the commit, the mark, now, deadline on the clock of Redis
 * (milliseconds); then six for each write: kind, key, wanted version or '', expiry or 0, version of its own or '', value.
 * Returns `done`, `conflict`, `late` or `other` (this is not the store that was opened: it was emptied, or another Redis answers), and the
 * clock of Redis.
 * The client sends a commit again if the connection broke before the answer. The id says whether the commit happened. After the deadline
 * the client has given up, so nothing may happen any more, however long the command lay in a buffer.
 */
export const commit = script(`${isLive}
  local id, now, deadline = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
  local time = redis.call('TIME')
  local clock = time[1] * 1000 + math.floor(time[2] / 1000)
  if redis.call('GET', KEYS[5]) ~= ARGV[2] then return { 'other', clock } end
  if redis.call('ZSCORE', KEYS[4], id) then return { 'done', clock } end
  if clock > deadline then return { 'late', clock } end
  for i = 5, #ARGV, 6 do
    local wanted = ARGV[i + 2]
    if wanted ~= '' and wanted ~= version_of(redis.call('HGET', KEYS[1], ARGV[i + 1]), now) then return { 'conflict', clock } end
  end
  local written = {}
  for i = 5, #ARGV, 6 do
    local kind, key, expires, version = ARGV[i], ARGV[i + 1], ARGV[i + 3], ARGV[i + 4]
    if version == '' then version = id end
    if kind == 'put' then
      redis.call('HSET', KEYS[1], key, version .. ' ' .. expires .. ' ' .. ARGV[i + 5])
      redis.call('ZADD', KEYS[2], 0, key)
      if expires == '0' then redis.call('ZREM', KEYS[3], key) else redis.call('ZADD', KEYS[3], expires, key) end
    elseif kind == 'delete' then
      redis.call('HDEL', KEYS[1], key)
      redis.call('ZREM', KEYS[2], key)
      redis.call('ZREM', KEYS[3], key)
    end
    if kind ~= 'check' then written[string.match(key, '^\\1[^\\1]*')] = true end
  end
  for name in pairs(written) do redis.call('HINCRBY', KEYS[6], name, 1) end
  redis.call('ZADD', KEYS[4], clock, id)
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', clock - 10000)
  return { 'done', clock }
`)

/** KEYS: mark, trial. ARGV: the mark. Writes a value that nobody reads. Returns whether this is the store that was opened. */
export const check = script(`
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[2], '1')
  return 1
`)

/** KEYS: records, order. ARGV: from, to (both excluded), now, limit, direction. Returns key, record, key, record … */
export const list = script(`${isLive}
  local from, to, now, limit, backward = '(' .. ARGV[1], '(' .. ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == 'backward'
  local found = {}
  while #found < 2 * limit do
    local size = math.min(1000, limit - #found / 2)
    local keys
    if backward then
      keys = redis.call('ZREVRANGEBYLEX', KEYS[2], to, from, 'LIMIT', 0, size)
    else
      keys = redis.call('ZRANGEBYLEX', KEYS[2], from, to, 'LIMIT', 0, size)
    end
    if #keys == 0 then break end
    local records = redis.call('HMGET', KEYS[1], unpack(keys))
    for i, key in ipairs(keys) do
      if version_of(records[i], now) ~= 'absent' then
        found[#found + 1] = key
        found[#found + 1] = records[i]
      end
    end
    if backward then to = '(' .. keys[#keys] else from = '(' .. keys[#keys] end
  end
  return found
`)

/** KEYS: records, order, expiry. ARGV: now, the most to delete. Returns the number of deleted records. */
export const sweep = script(`
  local keys = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, key in ipairs(keys) do
    redis.call('HDEL', KEYS[1], key)
    redis.call('ZREM', KEYS[2], key)
    redis.call('ZREM', KEYS[3], key)
  end
  return #keys
`)
