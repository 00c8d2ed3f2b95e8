-- Removes a peer, if the node that asks is still the authority for it. The last peer takes the room along.
-- KEYS[1] the room
-- ARGV    peer id, node, generation
-- Returns false when it is not, else { version, epoch, nodes that have peers in the room }
if not owned(ARGV[1], ARGV[2], ARGV[3]) then return false end
local epoch = redis.call('HGET', KEYS[1], 'e')
local version = redis.call('HINCRBY', KEYS[1], 'v', 1)
redis.call('HDEL', KEYS[1], 's:' .. ARGV[1], 'i:' .. ARGV[1])
local others = nodes(KEYS[1])
if #others == 0 then redis.call('DEL', KEYS[1]) end
return { version, epoch, others }
