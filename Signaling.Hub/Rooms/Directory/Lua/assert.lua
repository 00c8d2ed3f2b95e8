-- Makes a room agree with a node about that node's own peers: adds those that are missing, takes over those of the node's former names,
-- removes what else stands under any of its names.
-- KEYS[1] the room, then its peers in other regions
-- ARGV    epoch that the node knows the room by, epoch for a new room, number of names, names (the present one first),
--         number of peers to leave alone, since they are joining just now, their ids,
--         then for each peer: id, socket (JSON), info (JSON), '1' when the directory has had it before
-- Returns { version, epoch, room as of HGETALL, other regions as of HGETALL, ids of peers that are not this node's any more, '1' when something was changed }
-- A peer that the directory has had, in this epoch, and has no more, was removed by another node: it must not come back.
local known, fresh, count = ARGV[1], ARGV[2], tonumber(ARGV[3])
local mine, kept, lost = {}, {}, {}
for i = 1, count do mine[ARGV[3 + i]] = true end
local joining = tonumber(ARGV[4 + count])
for i = 1, joining do kept[ARGV[4 + count + i]] = true end

redis.call('HSETNX', KEYS[1], 'e', fresh)
local epoch = redis.call('HGET', KEYS[1], 'e')
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or '0')
local changed = false

for i = 5 + count + joining, #ARGV, 4 do
  local id, socket, info, registered = ARGV[i], cjson.decode(ARGV[i + 1]), ARGV[i + 2], ARGV[i + 3] == '1'
  local text = redis.call('HGET', KEYS[1], 's:' .. id)
  local stored = text and cjson.decode(text)
  if stored and (stored.generation > socket.generation or not (mine[stored.node] or stored.generation < socket.generation)) then
    lost[#lost + 1] = id
  elseif not stored and registered and epoch == known then
    lost[#lost + 1] = id
  else
    kept[id] = true
    if stored then socket.order, socket.former, socket.formerUntil = stored.order, stored.former, stored.formerUntil end
    local same = stored and stored.node == socket.node and stored.generation == socket.generation and stored.away == socket.away
      and redis.call('HGET', KEYS[1], 'i:' .. id) == info
    if not same then
      changed = true
      version = version + 1
      if not stored then socket.order = version end
      redis.call('HSET', KEYS[1], 's:' .. id, cjson.encode(socket), 'i:' .. id, info)
    end
  end
end

local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local id = string.match(fields[i], '^s:(.*)$')
  if id and not kept[id] and mine[cjson.decode(fields[i + 1]).node] then
    changed = true
    version = version + 1
    redis.call('HDEL', KEYS[1], 's:' .. id, 'i:' .. id)
  end
end

redis.call('HSET', KEYS[1], 'v', version)
local room = redis.call('HGETALL', KEYS[1])
if #room <= 4 then redis.call('DEL', KEYS[1]) end
return { version, epoch, room, (replicas()), lost, changed and '1' or '0' }
