-- Reads a room.
-- KEYS[1] the room
-- Returns false when there is none, else { version, epoch, room as of HGETALL }
local version = redis.call('HGET', KEYS[1], 'v')
if not version then return false end
return { tonumber(version), redis.call('HGET', KEYS[1], 'e'), redis.call('HGETALL', KEYS[1]) }
