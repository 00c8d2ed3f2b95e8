-- Adds a peer to a room.
-- KEYS[1] the room, then its peers in other regions
-- ARGV    peer id, its socket (JSON), its info (JSON), capacity, epoch for a new room
-- Returns false when the room is full, else { version, epoch, room as of HGETALL, other regions as of HGETALL }
local clock = redis.call('TIME')
local others, elsewhere = replicas()
local peers = math.max(0, redis.call('HLEN', KEYS[1]) - 2) / 2
if peers + elsewhere >= tonumber(ARGV[4]) then return false end
redis.call('HSETNX', KEYS[1], 'e', ARGV[5])
local version = redis.call('HINCRBY', KEYS[1], 'v', 1)
local socket = cjson.decode(ARGV[2])
socket.order = version
socket.joined = clock[1] * 1000 + math.floor(clock[2] / 1000) -- One clock for all nodes of the region.
redis.call('HSET', KEYS[1], 's:' .. ARGV[1], cjson.encode(socket), 'i:' .. ARGV[1], ARGV[3])
return { version, redis.call('HGET', KEYS[1], 'e'), redis.call('HGETALL', KEYS[1]), others }
