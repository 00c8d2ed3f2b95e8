-- Makes a room agree with a node about that node's own peers: adds those that are missing, takes over those of the node's former names,
-- removes what else stands under any of its names.
-- KEYS[1] the room, then its peers in other regions
-- ARGV    epoch and version that the node knows the room by, epoch for a new room, number of names, names (the present one first),
--         number of peers to leave alone, since they are joining just now, their ids,
--         then for each peer: id, socket (JSON), info (JSON), '1' when the directory has had it before
-- Returns { version, epoch, room as of HGETALL, other regions as of HGETALL, ids of peers that are not this node's any more, '1' when something was changed }
-- A peer that the directory has had, in this epoch, and has no more, was removed by another node: it must not come back.
-- A directory that knows an earlier version than the node has lost its latest changes, as after a restart or a failover: it begins the room anew.
-- The epoch of a room that is being brought back tells since when (ms), behind a colon: for a while it may lack the peers of other nodes.
local known, fresh, count = ARGV[1], ARGV[3], tonumber(ARGV[4])
local mine, kept, lost = {}, {}, {}
for i = 1, count do mine[ARGV[4 + i]] = true end
local joining = tonumber(ARGV[5 + count])
for i = 1, joining do kept[ARGV[5 + count + i]] = true end

-- Whether the directory does not have a peer that it has had before.
local function misses()
  for i = 6 + count + joining, #ARGV, 4 do
    if ARGV[i + 3] == '1' and redis.call('HEXISTS', KEYS[1], 's:' .. ARGV[i]) == 0 then return true end
  end
  return false
end

local epoch = redis.call('HGET', KEYS[1], 'e')
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or '0')
local changed = false
local rolledBack = epoch == known and version < tonumber(ARGV[2])
local begunByJoin = epoch and epoch ~= known and known ~= '' and not string.find(epoch, ':', 1, true) and misses()
if not epoch or rolledBack or begunByJoin then
  local clock = redis.call('TIME')
  changed = rolledBack or begunByJoin
  epoch = fresh .. ':' .. string.format('%.0f', clock[1] * 1000 + math.floor(clock[2] / 1000))
  redis.call('HSET', KEYS[1], 'e', epoch)
end

for i = 6 + count + joining, #ARGV, 4 do
  local id, socket, info, registered = ARGV[i], cjson.decode(ARGV[i + 1]), ARGV[i + 2], ARGV[i + 3] == '1'
  local text = redis.call('HGET', KEYS[1], 's:' .. id)
  local stored = text and cjson.decode(text)
  if stored and (stored.generation > socket.generation or not (mine[stored.node] or stored.generation < socket.generation)) then
    lost[#lost + 1] = id
  elseif not stored and registered and epoch == known then
    lost[#lost + 1] = id
  else
    kept[id] = true
    if stored then socket.order = stored.order end
    if stored and stored.generation == socket.generation then socket.former, socket.formerUntil, socket.attempt = stored.former, stored.formerUntil, stored.attempt end
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
