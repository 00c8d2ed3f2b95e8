-- Replaces what a peer shows and whether it is away, if the node that asks is still the authority for it.
-- KEYS[1] the room
-- ARGV    peer id, node, generation, info (JSON), '1' when away
-- Returns false when it is not, else { version, epoch, nodes that have peers in the room }: all that have to be told
local text = redis.call('HGET', KEYS[1], 's:' .. ARGV[1])
if not text then return false end
local socket = cjson.decode(text)
if socket.node ~= ARGV[2] or socket.generation ~= tonumber(ARGV[3]) then return false end
socket.away = ARGV[5] == '1' or nil
redis.call('HSET', KEYS[1], 's:' .. ARGV[1], cjson.encode(socket), 'i:' .. ARGV[1], ARGV[4])
local nodes, known = {}, {}
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local node = string.sub(fields[i], 1, 2) == 's:' and cjson.decode(fields[i + 1]).node
  if node and not known[node] then
    known[node] = true
    nodes[#nodes + 1] = node
  end
end
return { redis.call('HINCRBY', KEYS[1], 'v', 1), redis.call('HGET', KEYS[1], 'e'), nodes }
