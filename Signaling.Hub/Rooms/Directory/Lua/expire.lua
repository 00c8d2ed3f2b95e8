-- Removes the peers of a node that was lost.
-- KEYS[1] the room
-- ARGV    the node
-- Returns { version, epoch, room as of HGETALL, ids of the peers that were removed }
local removed = {}
local epoch = redis.call('HGET', KEYS[1], 'e') or ''
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or '0')
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local id = string.match(fields[i], '^s:(.*)$')
  if id and cjson.decode(fields[i + 1]).node == ARGV[1] then
    version = redis.call('HINCRBY', KEYS[1], 'v', 1)
    redis.call('HDEL', KEYS[1], 's:' .. id, 'i:' .. id)
    removed[#removed + 1] = id
  end
end
local room = redis.call('HGETALL', KEYS[1])
if #room <= 4 then redis.call('DEL', KEYS[1]) end
return { version, epoch, room, removed }
