-- Reads a room.
-- KEYS[1] the room, then its peers in other regions
-- Returns { version (0 when there is none), epoch, room as of HGETALL, other regions as of HGETALL }
local version = redis.call('HGET', KEYS[1], 'v')
local others = replicas()
if not version then return { 0, '', {}, others } end
return { tonumber(version), redis.call('HGET', KEYS[1], 'e'), redis.call('HGETALL', KEYS[1]), others }
