-- Replaces the copy of a region's part of a room, unless it has a later version.
-- KEYS[1] the copy
-- KEYS[2] the room
-- ARGV    epoch, version, time to live (s), then for each peer: id, socket (JSON), info (JSON)
-- Returns the nodes that have peers in the room when it was replaced, else false
if has(ARGV[1], tonumber(ARGV[2])) then
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return false
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'e', ARGV[1], 'v', ARGV[2])
for i = 4, #ARGV, 3 do redis.call('HSET', KEYS[1], 's:' .. ARGV[i], ARGV[i + 1], 'i:' .. ARGV[i], ARGV[i + 2]) end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return nodes(KEYS[2])
