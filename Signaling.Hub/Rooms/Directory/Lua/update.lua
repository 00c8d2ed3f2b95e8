-- Replaces what a peer shows and whether it is away, if the node that asks is still the authority for it.
-- KEYS[1] the room
-- ARGV    peer id, node, generation, info (JSON), '1' when away
-- Returns false when it is not, else { version, epoch, nodes that have peers in the room }
local socket = owned(ARGV[1], ARGV[2], ARGV[3])
if not socket then return false end
socket.away = ARGV[5] == '1' or nil
redis.call('HSET', KEYS[1], 's:' .. ARGV[1], cjson.encode(socket), 'i:' .. ARGV[1], ARGV[4])
return { redis.call('HINCRBY', KEYS[1], 'v', 1), redis.call('HGET', KEYS[1], 'e'), nodes(KEYS[1]) }
