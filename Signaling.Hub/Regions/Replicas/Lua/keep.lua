-- Takes one change into the copy of a region's part of a room. Changes may come in any order: each is applied at once, a later one is never undone by an
-- earlier one, and the version grows over a gap only when the gap is filled.
-- KEYS[1] the copy
-- KEYS[2] the room
-- ARGV    epoch, version, time to live (s), peer id, its socket (JSON; '' when it has left), its info (JSON)
-- Returns { '1' when something before is missing, nodes that have peers in the room }
local epoch, version, peer, socket = ARGV[1], tonumber(ARGV[2]), ARGV[4], ARGV[5]
if version == 1 and redis.call('HGET', KEYS[1], 'e') ~= epoch then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'e', epoch, 'v', 0)
end
if redis.call('HGET', KEYS[1], 'e') ~= epoch then return { '1', nodes(KEYS[2]) } end

local known = tonumber(redis.call('HGET', KEYS[1], 'v'))
local ahead = cjson.decode(redis.call('HGET', KEYS[1], 'a') or '{}')
if version > known and not ahead[tostring(version)] then
  local stored = redis.call('HGET', KEYS[1], 's:' .. peer)
  local gone = redis.call('HEXISTS', KEYS[1], 't:' .. peer) == 1
  if socket == '' then
    redis.call('HDEL', KEYS[1], 's:' .. peer, 'i:' .. peer)
    redis.call('HSET', KEYS[1], 't:' .. peer, version)
  elseif not gone and not (stored and (cjson.decode(stored).at or 0) > version) then
    local entry = cjson.decode(socket)
    entry.at = version
    redis.call('HSET', KEYS[1], 's:' .. peer, cjson.encode(entry), 'i:' .. peer, ARGV[6])
  end

  ahead[tostring(version)] = true
  while ahead[tostring(known + 1)] do
    known = known + 1
    ahead[tostring(known)] = nil
  end
  redis.call('HSET', KEYS[1], 'v', known)
end

local gap = next(ahead) ~= nil
if gap then
  redis.call('HSET', KEYS[1], 'a', cjson.encode(ahead))
else
  -- Nothing earlier can come any more that would bring back who has left.
  redis.call('HDEL', KEYS[1], 'a')
  local fields = redis.call('HKEYS', KEYS[1])
  for i = 1, #fields do
    if string.sub(fields[i], 1, 2) == 't:' then redis.call('HDEL', KEYS[1], fields[i]) end
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return { gap and '1' or '0', nodes(KEYS[2]) }
