-- Makes a node the authority for a peer whose token a new connection has shown.
-- KEYS[1] the room, then its peers in other regions
-- ARGV    peer id, user ('' for a guest), hash of the token shown, hash of the next token, node, grace for a used token (ms)
-- Returns 0 when there is no such peer, false when it is not the caller's, else { version, epoch, room as of HGETALL, other regions as of HGETALL, node that was the authority before }
local text = redis.call('HGET', KEYS[1], 's:' .. ARGV[1])
if not text then return 0 end
local socket = cjson.decode(text)
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
if (socket.user or '') ~= ARGV[2] then return false end
if socket.hash == ARGV[3] then
  socket.former = socket.hash
  socket.formerUntil = now + tonumber(ARGV[6])
elseif socket.former ~= ARGV[3] or now >= socket.formerUntil then
  return false
end
local before = socket.node
socket.hash = ARGV[4]
socket.node = ARGV[5]
socket.generation = socket.generation + 1
socket.away = nil
local version = redis.call('HINCRBY', KEYS[1], 'v', 1)
redis.call('HSET', KEYS[1], 's:' .. ARGV[1], cjson.encode(socket))
return { version, redis.call('HGET', KEYS[1], 'e'), redis.call('HGETALL', KEYS[1]), (replicas()), before }
