-- Adds peers of other nodes that a room has lost, but for those that it has again.
-- KEYS[1] the room
-- ARGV    for each peer: id, socket (JSON), info (JSON)
-- Returns false when there is no such room, else { version, epoch, room as of HGETALL }
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
for i = 1, #ARGV, 3 do
  if redis.call('HEXISTS', KEYS[1], 's:' .. ARGV[i]) == 0 then
    local socket = cjson.decode(ARGV[i + 1])
    socket.order = redis.call('HINCRBY', KEYS[1], 'v', 1)
    redis.call('HSET', KEYS[1], 's:' .. ARGV[i], cjson.encode(socket), 'i:' .. ARGV[i], ARGV[i + 2])
  end
end
return { tonumber(redis.call('HGET', KEYS[1], 'v')), redis.call('HGET', KEYS[1], 'e'), redis.call('HGETALL', KEYS[1]) }
